import { invalid, listAt, mappingAt, textAt, type Mapping } from './values.ts';

/** Each parameter's value: the override, else its default. Lists (`CommaDelimitedList`, `List<…>`) come back as lists. */
export function parameterValues(
  declared: Mapping,
  overrides: Readonly<Record<string, string>>,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const [name, declaration] of Object.entries(declared)) {
    const where = `template.yaml: Parameters.${name}`;
    const { Type, Default, AllowedValues, AllowedPattern } = mappingAt(declaration, where) as Record<string, unknown>;
    const given = Object.hasOwn(overrides, name) ? overrides[name] : Default;
    if (given === undefined)
      throw invalid(where, 'This parameter has no value for this stage.', `a Default, or ${name}=… in samconfig.yaml`);
    const text = textAt(given, where);
    const allowed = listAt(AllowedValues, where).map(String);
    if (allowed.length > 0 && !allowed.includes(text))
      throw invalid(where, `${JSON.stringify(text)} is not an allowed value.`, allowed.join(', '));
    if (AllowedPattern !== undefined && !new RegExp(`^(?:${textAt(AllowedPattern, where)})$`).test(text))
      throw invalid(
        where,
        `${JSON.stringify(text)} does not match the allowed pattern.`,
        textAt(AllowedPattern, where),
      );
    if (Type === 'Number' && (text.trim() === '' || Number.isNaN(Number(text))))
      throw invalid(where, `${JSON.stringify(text)} is not a number.`, 'a number');
    values[name] = /^(CommaDelimitedList|List<.*>)$/.test(String(Type))
      ? text.split(',').map((item) => item.trim())
      : text;
  }
  return values;
}
