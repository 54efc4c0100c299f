import {
  visit,
  Document,
  isMap,
  isScalar,
  LineCounter,
  parseDocument,
  type ScalarTag,
  type CollectionTag,
  type Tags,
} from 'yaml';
import { ToolError } from './errors.ts';

/** Short forms of CloudFormation's functions that take a name as the long form's key: `!Sub x` is `{ "Fn::Sub": "x" }`. */
const FUNCTIONS = [
  'And', 'Base64', 'Cidr', 'Equals', 'FindInMap', 'GetAtt', 'GetAZs', 'If', 'ImportValue', 'Join', 'Length', 'Not', 'Or', 'Select',
  'Split', 'Sub', 'ToJsonString', 'Transform',
] as const; // prettier-ignore

const longForm = (name: string): string => (name === 'Ref' || name === 'Condition' ? name : `Fn::${name}`);

function tagsFor(name: string): Tags {
  const scalar: ScalarTag = {
    tag: `!${name}`,
    resolve: (text) => ({ [longForm(name)]: name === 'GetAtt' ? text.split('.') : text }),
  };
  const collection = (kind: 'map' | 'seq'): CollectionTag => ({
    tag: `!${name}`,
    collection: kind,
    resolve: (value) => ({ [longForm(name)]: value.toJSON() as unknown }),
  });
  return [scalar, collection('map'), collection('seq')];
}

const customTags: Tags = ['Ref', 'Condition', ...FUNCTIONS].flatMap(tagsFor);

/**
 * Reads YAML, CloudFormation's short-form functions included (they come back in their long form).
 *
 * @throws ToolError YAML_INVALID with file, line and column
 */
export function parseYaml(text: string, file: string): unknown {
  const lineCounter = new LineCounter();
  const document = parseDocument(text, { version: '1.1', customTags, lineCounter, logLevel: 'error' });
  const [first] = document.errors;
  if (first) {
    const { line, col } = lineCounter.linePos(first.pos[0]);
    throw invalid(first.message.split('\n')[0] ?? first.code, `${file}:${line}:${col}`, first);
  }
  try {
    return document.toJS({ maxAliasCount: 100 }) as unknown;
  } catch (error) {
    // Aliases without end, and merges of what is no mapping, show only here.
    throw invalid(error instanceof Error ? error.message : String(error), file, error);
  }
}

const invalid = (what: string, where: string, cause: unknown): ToolError =>
  new ToolError('YAML_INVALID', { what, where }, { cause });

/** Characters that a file shall not hold as they are: controls, marks that readers drop or break lines at, and no characters at all. */
const UNPRINTABLE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]/g;

/** Those, and the tab: YAML has it in plain text, PyYAML does not. */
const QUOTED = new RegExp(`${UNPRINTABLE.source}|\\t`);

/** Numbers such as 1e21 and -0: a YAML 1.1 float has a point, or it is text or an integer. */
const pointless: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: (value) => Object.is(value, -0) || (typeof value === 'number' && POINTLESS.test(String(value))),
  test: /(?!)/, // for writing only
  resolve: Number,
  stringify: ({ value }) => (value === 0 ? '-0.0' : String(value).replace('e', '.0e')),
};
const POINTLESS = /^-?\d+e/;

/** Nothing is merged while writing: a key `<<` is a name like any other. */
const writingTags = (tags: Tags): Tags => [
  pointless,
  ...tags.filter((tag) => tag !== 'merge' && !(typeof tag === 'object' && tag.tag === MERGE)),
];
const MERGE = 'tag:yaml.org,2002:merge';

/** Text that YAML 1.1 gives a meaning which the writer does not know of: merge and default keys. */
const SPECIAL = new Set(['<<', '=']);

const escape = (char: string): string => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** A comment above the key at a path, e.g. `{ at: ['paths', '/predict'], text: ' Takes pictures' }`. */
export interface YamlComment {
  readonly at: readonly string[];
  readonly text: string;
}

/**
 * Writes YAML that YAML 1.1 readers (CloudFormation, PyYAML) read as it was meant: `yes`, `off` and `12:30` stay strings,
 * no anchors, no folding.
 */
export function stringifyYaml(value: unknown, header?: string, comments: readonly YamlComment[] = []): string {
  const document = new Document(value, { version: '1.1', customTags: writingTags, aliasDuplicateObjects: false });
  if (header) document.commentBefore = header;
  for (const { at, text } of comments) {
    const parent = document.getIn(at.slice(0, -1), true);
    const pair = isMap(parent) ? parent.items.find(({ key }) => isScalar(key) && key.value === at.at(-1)) : undefined;
    if (isScalar(pair?.key)) pair.key.commentBefore = text;
  }
  visit(document, {
    Scalar: (_, node) => {
      const { value: text } = node;
      if (typeof text === 'string' && (SPECIAL.has(text) || text.search(QUOTED) >= 0)) node.type = 'QUOTE_DOUBLE';
    },
  });
  // What is left of them stands in double quotes.
  return document.toString({ lineWidth: 0, directives: false }).replace(UNPRINTABLE, escape);
}
