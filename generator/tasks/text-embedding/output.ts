import { describeTensor } from '../../hints/describe.ts';
import type { TensorSpec } from '../../model/spec.ts';
import type { ModelFacts } from '../task.ts';

/** The output that vectors are made of: one a text, or one a token. */
export interface VectorsOutput {
  readonly tensor: TensorSpec;
  readonly each: 'text' | 'token';
  readonly dimensions: number;
}

/** Names that exporters give to vectors, best first. */
const NAMES = [
  /^sentence_embedding/i,
  /^(text_)?embed(ding)?s?$/i,
  /^(token_embeddings|last_hidden_state)$/i,
  /hidden|embed|output/i,
  /pool/i,
];
const SCORES = /logit|prob|score|label|start|end|class/i;
const FLOATS = ['float32', 'float64'];

/** Why an output holds no vectors, or what it holds. */
type Look = VectorsOutput | { readonly why: string };

/** The output that looks most like vectors; where none does, why. */
export function vectorsOf(facts: ModelFacts): Look {
  const looks = facts.outputs.map((tensor) => look(tensor, facts));
  const found = looks.flatMap((one) => ('tensor' in one ? [one] : []));
  const rank = ({ tensor }: VectorsOutput): number => {
    const at = NAMES.findIndex((name) => name.test(tensor.name));
    return at < 0 ? NAMES.length : at;
  };
  const [best] = found.toSorted((a, b) => rank(a) - rank(b));
  return best ?? { why: looks.map((one) => ('why' in one ? one.why : '')).join(', ') };
}

function look(tensor: TensorSpec, { trial, spec }: ModelFacts): Look {
  const dims = trial?.outputs[tensor.name]?.dims ?? tensor.dims;
  const said = describeTensor({ ...tensor, dims });
  const width = dims.at(-1);
  if (!FLOATS.includes(tensor.elementType) || typeof width !== 'number') return { why: said };
  if (SCORES.test(tensor.name) || /Softmax$/.test(spec.madeBy[tensor.name] ?? '')) return { why: `${said} has scores` };
  if (dims.length === 2 && width > 1) return { tensor, each: 'text', dimensions: width };
  return dims.length === 3 ? { tensor, each: 'token', dimensions: width } : { why: said };
}
