import type { Readable } from 'node:stream';
import { StringDecoder } from 'node:string_decoder';

/** Hands on a stream's text line by line; the last line also where it does not end. */
export function eachLine(stream: Readable, write: (line: string) => void): void {
  const decoder = new StringDecoder('utf8');
  let rest = '';
  stream.on('data', (chunk: Buffer) => {
    const lines = (rest + decoder.write(chunk)).split('\n');
    rest = lines.pop() ?? '';
    lines.forEach(write);
  });
  stream.once('close', () => {
    rest += decoder.end();
    if (rest !== '') write(rest);
  });
}
