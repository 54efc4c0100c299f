import { describeTensor } from '../hints/describe.ts';
import { hint, type Hint } from '../hints/hint.ts';
import type { TensorSpec } from '../model/spec.ts';
import type { ModelFacts } from '../tasks/task.ts';
import type { TextInput } from './settings.ts';
import { paddingHint, tokensHint } from './side-values.ts';
import { tokenizerOf } from './tokenizer-file.ts';

/** Names that exporters give to inputs of tokens, by what is in them. */
const ROLES = {
  ids: /^(input_?ids|input_word_ids|token_?ids|tokens)(:\d+)?$/i,
  mask: /^((input_|attention_?)?mask)(:\d+)?$/i,
  types: /^(token_type_ids|segment_ids|input_type_ids|type_ids)(:\d+)?$/i,
} as const;
type Role = keyof typeof ROLES;

/** Operators that take texts apart. */
const SPLITTERS = ['TfIdfVectorizer', 'StringNormalizer', 'StringSplit', 'com.microsoft:Tokenizer', 'RegexFullMatch'];
const WHOLE = ['int64', 'int32'];

/** Texts that are worth a request: memory goes by their number. */
const MOST_TEXTS = 32;

export const TEXT_INPUT =
  'inputs input_ids, attention_mask, token_type_ids (or some of them) of int64 or int32 with 2 dims and a tokenizer.json beside the model, or one input of strings that the model takes apart itself';

/** What a model of texts takes, with the reasons; or why it takes none. */
export type TextGuess =
  | {
      readonly kind: 'text';
      readonly input: TextInput;
      readonly texts: number;
      readonly hints: { readonly maxTokens?: Hint<number>; readonly padId?: Hint<number> };
      /** Where the graph fixes the length. */
      readonly fixedTokens: number | undefined;
    }
  | { readonly kind: 'other'; readonly why: string };

const other = (why: string): TextGuess => ({ kind: 'other', why });

/** Why a model that has an input of tokens is not one of texts; undefined for all others. */
export function almostText(facts: ModelFacts): string | undefined {
  if (!facts.inputs.some(({ name }) => ROLES.ids.test(name))) return undefined;
  const guess = guessText(facts);
  return guess.kind === 'other' ? guess.why : undefined;
}

export function guessText(facts: ModelFacts): TextGuess {
  const { inputs, spec, trial } = facts;
  const strange = spec.otherValues.find(({ side }) => side === 'input');
  if (strange) return other(`input ${strange.name} is a ${strange.type}`);
  if (trial?.ran === false) return other(`it could not be run on made-up texts: ${trial.reason}`);
  const [first, ...rest] = inputs;
  return first?.elementType === 'string' && rest.length === 0 ? stringsOf(first, facts) : tokensOf(facts);
}

function stringsOf(input: TensorSpec, { spec }: ModelFacts): TextGuess {
  const [rows, ...others] = input.dims;
  if (others.length > 1 || others.some((dim) => typeof dim === 'number' && dim !== 1))
    return other(`the input is ${describeTensor(input)}: more than one text a row`);
  if (!SPLITTERS.some((operator) => operator in spec.operators))
    return other(`${input.name} is a word, not a text: nothing in the graph takes it apart`);
  const texts = typeof rows === 'number' ? rows : MOST_TEXTS;
  return { kind: 'text', input: { kind: 'strings', input: input.name }, texts, hints: {}, fixedTokens: undefined };
}

function tokensOf({ inputs, sideFiles }: ModelFacts): TextGuess {
  const named = new Map<Role, TensorSpec>();
  for (const input of inputs) {
    const role = (Object.keys(ROLES) as Role[]).find((one) => ROLES[one].test(input.name) && !named.has(one));
    if (!role || !WHOLE.includes(input.elementType) || ![0, 2].includes(input.dims.length))
      return other(`input ${describeTensor(input)} is not one of tokens`);
    named.set(role, input);
  }
  const ids = named.get('ids');
  if (!ids) return other(`no input is one of tokens: ${inputs.map(describeTensor).join(', ')}`);
  const tokenizer = tokenizerOf(sideFiles);
  if (!tokenizer)
    return other(
      'there is no tokenizer.json beside it (transformers writes one: AutoTokenizer.from_pretrained(…).save_pretrained(folder))',
    );
  if (tokenizer.kind === 'unusable') return other(tokenizer.why);
  const [rows, columns] = ids.dims;
  const fixedTokens = typeof columns === 'number' ? columns : undefined;
  const maxTokens =
    fixedTokens === undefined
      ? tokensHint(sideFiles, tokenizer)
      : hint(fixedTokens, 'graph', `${ids.name} has as many columns.`);
  const padId = paddingHint(sideFiles, tokenizer);
  const name = (role: Role): { [Key in Role]?: string } => {
    const input = named.get(role);
    return input ? { [role]: input.name } : {};
  };
  return {
    kind: 'text',
    input: {
      kind: 'tokens',
      ids: ids.name,
      ...name('mask'),
      ...name('types'),
      maxTokens: maxTokens.value,
      padId: padId.value,
    },
    texts: typeof rows === 'number' ? rows : MOST_TEXTS,
    hints: { maxTokens, padId },
    fixedTokens,
  };
}
