import { invalid, isMapping, listAt, mappingAt, textAt, type Mapping } from './values.ts';

/** What a template's functions may refer to. */
export interface Scope {
  /** Parameters and AWS::* pseudo parameters by name. */
  readonly names: Mapping;
  readonly conditions: Mapping;
  readonly mappings: Mapping;
  /** What `Ref` of a resource gives, or undefined where there is no such resource. */
  readonly ref: (logicalId: string) => string | undefined;
  readonly attribute: (logicalId: string, attribute: string) => string | undefined;
}

/** What AWS::NoValue stands for while a value is resolved: the key or item that holds it is dropped. */
const NOTHING = Symbol('AWS::NoValue');

type Evaluate = (argument: unknown, scope: Scope, where: string) => unknown;

const named = (name: string, scope: Scope, where: string): unknown => {
  if (name === 'AWS::NoValue') return NOTHING;
  if (Object.hasOwn(scope.names, name)) return scope.names[name];
  const reference = scope.ref(name);
  if (reference !== undefined) return reference;
  throw invalid(where, `There is no parameter or resource ${JSON.stringify(name)}.`);
};

const attributeOf = (logicalId: string, attribute: string, scope: Scope, where: string): string => {
  const value = scope.attribute(logicalId, attribute);
  if (value !== undefined) return value;
  throw invalid(where, `There is no resource ${JSON.stringify(logicalId)} to take ${attribute} of.`);
};

const pair = (argument: unknown, scope: Scope, where: string): readonly unknown[] =>
  listAt(resolve(argument, scope, where), where);

const join: Evaluate = (argument, scope, where) => {
  const [separator, items] = pair(argument, scope, where);
  return listAt(items, where)
    .map((item) => textAt(item, where))
    .join(textAt(separator, where));
};

/** `${Name}`, `${Resource.Attribute}`, `${!Literal}` and names given beside the text. */
const sub: Evaluate = (argument, scope, where) => {
  const [text, given] = Array.isArray(argument) ? (argument as unknown[]) : [argument, {}];
  const own = mappingAt(resolve(given, scope, where), where);
  return textAt(text, where).replace(/\$\{([^}]*)\}/g, (_, inside: string) => {
    const name = inside.trim();
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (Object.hasOwn(own, name)) return textAt(own[name], where);
    const dot = name.indexOf('.');
    const value =
      dot < 0 ? named(name, scope, where) : attributeOf(name.slice(0, dot), name.slice(dot + 1), scope, where);
    return value === NOTHING ? '' : textAt(value, where);
  });
};

const findInMap: Evaluate = (argument, scope, where) => {
  const [map, top, second] = pair(argument, scope, where).map((key) => textAt(key, where));
  const row = mappingAt(mappingAt(scope.mappings[map ?? ''], where)[top ?? ''], where);
  const value = row[second ?? ''];
  if (value === undefined) throw invalid(where, `Mappings has no ${[map, top, second].join('.')}.`);
  return value;
};

const select: Evaluate = (argument, scope, where) => {
  const [index, items] = pair(argument, scope, where);
  const value = listAt(items, where)[Number(index)];
  if (value === undefined) throw invalid(where, `Select finds no item ${String(index)}.`);
  return value;
};

const unsupported: Evaluate = (_, __, where) => {
  throw invalid(where, 'The embedded harness can not resolve this function.', 'a value that is known on this machine');
};

/** CloudFormation's functions by their long name. */
const FUNCTIONS: Readonly<Record<string, Evaluate>> = {
  Ref: (name, scope, where) => named(textAt(name, where), scope, where),
  Condition: (name, scope, where) => holds(textAt(name, where), scope, where),
  'Fn::And': (argument, scope, where) => pair(argument, scope, where).every(Boolean),
  'Fn::Base64': (text, scope, where) => Buffer.from(textAt(resolve(text, scope, where), where)).toString('base64'),
  'Fn::Cidr': unsupported,
  'Fn::Equals': (argument, scope, where) => {
    const [a, b] = pair(argument, scope, where);
    return JSON.stringify(a) === JSON.stringify(b) || String(a) === String(b);
  },
  'Fn::FindInMap': findInMap,
  'Fn::GetAtt': (argument, scope, where) => {
    const [logicalId, ...rest] = Array.isArray(argument) ? argument.map(String) : textAt(argument, where).split('.');
    return attributeOf(logicalId ?? '', rest.join('.'), scope, where);
  },
  'Fn::GetAZs': (_, scope) => ['a', 'b', 'c'].map((zone) => `${String(scope.names['AWS::Region'])}${zone}`),
  'Fn::If': (argument, scope, where) => {
    const [condition, yes, no] = listAt(argument, where);
    return evaluate(holds(textAt(condition, where), scope, where) ? yes : no, scope, where);
  },
  'Fn::ImportValue': unsupported,
  'Fn::Join': join,
  'Fn::Length': (argument, scope, where) => pair(argument, scope, where).length,
  'Fn::Not': (argument, scope, where) => !pair(argument, scope, where)[0],
  'Fn::Or': (argument, scope, where) => pair(argument, scope, where).some(Boolean),
  'Fn::Select': select,
  'Fn::Split': (argument, scope, where) => {
    const [separator, text] = pair(argument, scope, where);
    return textAt(text, where).split(textAt(separator, where));
  },
  'Fn::Sub': sub,
  'Fn::ToJsonString': (argument, scope, where) => JSON.stringify(resolve(argument, scope, where)),
};

/** Whether a condition of the template holds. */
export function holds(name: string, scope: Scope, where: string): boolean {
  if (!Object.hasOwn(scope.conditions, name)) throw invalid(where, `There is no condition ${JSON.stringify(name)}.`);
  return Boolean(resolve(scope.conditions[name], scope, `Conditions.${name}`));
}

function evaluate(value: unknown, scope: Scope, where: string): unknown {
  if (Array.isArray(value))
    return value.map((item, i) => evaluate(item, scope, `${where}[${i}]`)).filter((item) => item !== NOTHING);
  if (!isMapping(value)) return value;
  const keys = Object.keys(value);
  const only = keys.length === 1 ? keys[0] : undefined;
  const run = only === undefined || !Object.hasOwn(FUNCTIONS, only) ? undefined : FUNCTIONS[only];
  // `Condition` is a function only where it names one: policy statements have a mapping under that key.
  if (run && only !== undefined && (only !== 'Condition' || typeof value[only] === 'string'))
    return run(value[only], scope, `${where}.${only}`);
  const entries = keys.map((key) => [key, evaluate(value[key], scope, `${where}.${key}`)] as const);
  return Object.fromEntries(entries.filter(([, item]) => item !== NOTHING));
}

/** A copy of `value` with all of CloudFormation's functions worked out; what is AWS::NoValue is left out. */
export function resolve(value: unknown, scope: Scope, where: string): unknown {
  const result = evaluate(value, scope, where);
  return result === NOTHING ? undefined : result;
}
