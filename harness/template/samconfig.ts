import { isMapping, listAt, mappingAt, textAt, type Mapping } from './values.ts';

/** What samconfig.yaml says of one stage (a config-env of the SAM CLI). */
export interface StageConfig {
  readonly stackName: string | undefined;
  readonly region: string | undefined;
  /** Parameters of the template by name. */
  readonly overrides: Readonly<Record<string, string>>;
}

/** `A=1 B="two words"` → pairs; the SAM CLI's older ParameterKey=…,ParameterValue=… form as well. */
function pairsOf(text: string): [string, string][] {
  const words = text.match(/(?:[^\s"']+|"(?:\\.|[^"\\])*"|'[^']*')+/g) ?? [];
  return words.map((word) => {
    const plain = word.replace(
      /"((?:\\.|[^"\\])*)"|'([^']*)'/g,
      (_, a?: string, b?: string) => a?.replace(/\\(.)/g, '$1') ?? b ?? '',
    );
    const old = /^ParameterKey=(.*),ParameterValue=(.*)$/.exec(plain);
    const at = plain.indexOf('=');
    return old ? [old[1] ?? '', old[2] ?? ''] : at < 0 ? [plain, ''] : [plain.slice(0, at), plain.slice(at + 1)];
  });
}

/** parameter_overrides in each form that the SAM CLI reads: one text, a list of texts, or a mapping. */
export function overridesOf(value: unknown, where: string): Record<string, string> {
  if (value === undefined || value === null) return {};
  if (typeof value === 'string') return Object.fromEntries(pairsOf(value));
  if (isMapping(value))
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, textAt(v, `${where}.${k}`)]));
  return Object.fromEntries(
    listAt(value, where).map((item, i) => {
      const text = textAt(item, `${where}[${i}]`);
      const at = text.indexOf('=');
      return at < 0 ? [text, ''] : [text.slice(0, at), text.slice(at + 1)];
    }),
  );
}

/** The stage's part of samconfig.yaml; `deploy` wins over the stage's `global`. Undefined where the stage is not in the file. */
export function stageConfig(samconfig: Mapping, stage: string): StageConfig | undefined {
  if (!Object.hasOwn(samconfig, stage) || !isMapping(samconfig[stage])) return undefined;
  const where = `samconfig.yaml: ${stage}`;
  const section = mappingAt(samconfig[stage], where);
  const parametersOf = (name: string): Mapping =>
    mappingAt(mappingAt(section[name], `${where}.${name}`)['parameters'], `${where}.${name}.parameters`);
  const parameters = { ...parametersOf('global'), ...parametersOf('deploy') };
  const text = (key: string): string | undefined =>
    parameters[key] === undefined ? undefined : textAt(parameters[key], `${where}: ${key}`);
  return {
    stackName: text('stack_name'),
    region: text('region'),
    overrides: overridesOf(parameters['parameter_overrides'], `${where}: parameter_overrides`),
  };
}
