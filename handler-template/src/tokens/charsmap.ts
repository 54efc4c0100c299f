const LEAF = 0x100;
const VALUE = 0x7fff_ffff;
const LABEL = 0x8000_00ff;
const WIDE_OFFSET = 0x200;

/** Longer clusters of characters are looked up one by one, as SentencePiece's rules have them. */
const LONGEST_CLUSTER = 5;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/**
 * SentencePiece's own normalisation, as it lies in tokenizer.json: which characters stand for which, in a double-array trie over UTF-8.
 *
 * @param base64 size of the trie in bytes, its units, then what is found by them, each ended by NUL
 */
export function charsmap(base64: string): (text: string) => string {
  const bytes = Buffer.from(base64, 'base64');
  const size = bytes.readUInt32LE(0);
  const units = Uint32Array.from({ length: size / 4 }, (_, i) => bytes.readUInt32LE(4 + 4 * i));
  const found = bytes.subarray(4 + size);
  const clusters = new Intl.Segmenter('en', { granularity: 'grapheme' });

  /** What the shortest beginning of `key` that the trie has stands for. */
  function look(key: string): string | undefined {
    let at = offsetOf(units[0] ?? 0);
    for (const byte of encoder.encode(key)) {
      at ^= byte;
      const unit = units[at] ?? 0;
      if (byte === 0 || (unit & LABEL) >>> 0 !== byte) return undefined;
      at ^= offsetOf(unit);
      if (unit & LEAF) {
        const start = (units[at] ?? 0) & VALUE;
        return decoder.decode(found.subarray(start, found.indexOf(0, start)));
      }
    }
    return undefined;
  }

  function cluster(segment: string): string {
    const whole = Buffer.byteLength(segment) <= LONGEST_CLUSTER ? look(segment) : undefined;
    return whole ?? Array.from(segment, (char) => look(char) ?? char).join('');
  }

  return (text) => Array.from(clusters.segment(text), ({ segment }) => cluster(segment)).join('');
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & WIDE_OFFSET) >>> 6);
}
