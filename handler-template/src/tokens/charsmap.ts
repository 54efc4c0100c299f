const LEAF = 0x100;
const VALUE = 0x7fff_ffff;
const LABEL = 0x8000_00ff;
const WIDE_OFFSET = 0x200;

/** Longer clusters of characters are looked up one by one, as SentencePiece's rules have them. */
const LONGEST_CLUSTER = 5;
/** Texts are looked at in parts of so many characters. */
const SLICE = 512;
/** Clusters that are remembered. */
const MOST_KNOWN = 20_000;

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
  const texts = bytes.subarray(4 + size);
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
        return decoder.decode(texts.subarray(start, texts.indexOf(0, start)));
      }
    }
    return undefined;
  }

  function cluster(segment: string): string {
    const whole = Buffer.byteLength(segment) <= LONGEST_CLUSTER ? look(segment) : undefined;
    return whole ?? Array.from(segment, (char) => look(char) ?? char).join('');
  }

  const known = new Map<string, string>();
  function remembered(segment: string): string {
    const found = known.get(segment) ?? cluster(segment);
    if (known.size < MOST_KNOWN) known.set(segment, found);
    return found;
  }

  return (text) => Array.from(clustersOf(text, clusters), remembered).join('');
}

/** Characters with what belongs to them. In slices, since a segmenter's time goes by the square of a text's length. */
function* clustersOf(text: string, segmenter: Intl.Segmenter): Generator<string> {
  let rest = '';
  for (let at = 0; at < text.length; at += SLICE) {
    const segments = Array.from(segmenter.segment(rest + text.slice(at, at + SLICE)), ({ segment }) => segment);
    // The last may go on in the next slice, and where a surrogate pair was cut, the one before.
    rest = segments.splice(-2).join('');
    yield* segments;
  }
  yield* Array.from(segmenter.segment(rest), ({ segment }) => segment);
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & WIDE_OFFSET) >>> 6);
}
