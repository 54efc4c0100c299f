import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import { makeTokenizer, type TokenizerFile } from '../src/tokens/make-tokenizer.ts';
import { encodeWith } from '../src/tokens/tokenizer.ts';

interface Golden {
  readonly texts: readonly string[];
  readonly most: number;
  readonly tokenizers: Readonly<Record<string, Record<'ids' | 'types' | 'cut', readonly (readonly number[])[]>>>;
}

function read<Value>(name: string): Value {
  const file = fileURLToPath(new URL(`../../fixtures/tokens/${name}.json.gz`, import.meta.url));
  return JSON.parse(gunzipSync(readFileSync(file)).toString()) as Value;
}

const { texts, most, tokenizers } = read<Golden>('golden');

test.each(Object.keys(tokenizers))("%s: tokens are those of Hugging Face's own library, whole and cut", (name) => {
  const encode = encodeWith(read<TokenizerFile>(name));
  const golden = tokenizers[name];
  texts.forEach((text, i) => {
    const whole = encode(text, Infinity);
    const cut = encode(text, most);
    expect({ text, ids: whole.ids, types: whole.types, cut: cut.ids, truncated: cut.truncated }).toEqual({
      text,
      ids: golden?.ids[i],
      types: golden?.types[i],
      cut: golden?.cut[i],
      truncated: (golden?.ids[i]?.length ?? 0) > most,
    });
    expect(whole.truncated).toBe(false);
  });
});

test('a tokenizer that cuts from the front keeps the end', () => {
  const file = read<TokenizerFile>('wordpiece');
  const { ids } = encodeWith(file)('the model answers a text', Infinity);
  const { ids: cut } = encodeWith({ ...file, truncation: { direction: 'Left' } })('the model answers a text', 4);
  expect(cut).toEqual([ids[0], ...ids.slice(-3)]);
});

test('where not even the special tokens have room, only they are left', () => {
  expect(encodeWith(read<TokenizerFile>('wordpiece'))('the model', 1)).toEqual({ ids: [2, 3], types: [0, 0], truncated: true });
});

test('law: a long text has the same clusters as its parts, wherever it is cut to be looked at', () => {
  const { normalizer } = makeTokenizer(read<TokenizerFile>('sentencepiece'));
  const part = fc.constantFrom('a', '👍🏽', '👩‍👩‍👧', 'é', 'e\u0301\u0302', '🇩🇪', 'ｶﾞ', '½', '漢', '\r\n');
  const clean = (text: string): string => (normalizer?.normalize(text) ?? '').replace(/ +/g, ' ').trim();
  fc.assert(
    fc.property(fc.array(part, { minLength: 300, maxLength: 900 }), (parts) => {
      const apart = parts.map(clean).filter(Boolean).join(' ');
      expect(clean(parts.join(' '))).toBe(apart);
    }),
    { numRuns: 30 },
  );
});
