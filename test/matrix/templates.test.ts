import { deploymentFiles } from '../../generator/template/files.ts';
import { checkLimits } from '../../generator/template/limits.ts';
import { samTemplate } from '../../generator/template/template.ts';
import { outputTable } from '../../generator/outputs/table.ts';
import { triggerTable } from '../../generator/triggers/table.ts';
import { projectOf, product, triggers, outputs } from './combinations.ts';
import { conditionsIn, references } from './references.ts';

interface Statement {
  readonly Sid?: string;
  readonly Effect: string;
  readonly Action: string | readonly string[];
  readonly Resource?: unknown;
}

type Policies = readonly {
  readonly PolicyName: string;
  readonly PolicyDocument: { readonly Statement: Statement[] };
}[];

/** Actions for which AWS knows no resources: "Actions, resources, and condition keys for AWS X-Ray", "… CloudWatch Logs" (log delivery). */
const NO_RESOURCES = /^(xray:Put(TraceSegments|TelemetryRecords)|xray:GetSampling\w+|logs:\w*(LogDelivery|LogDeliveries)|logs:(PutResourcePolicy|DescribeResourcePolicies|DescribeLogGroups))$/; // prettier-ignore

/** Every statement that lets somebody do something, with where it stands. */
function allowed(value: unknown): Statement[] {
  if (typeof value !== 'object' || value === null) return [];
  const { Effect, Action } = value as Partial<Statement>;
  const own = Effect === 'Allow' && Action !== undefined ? [value as Statement] : [];
  return [...own, ...Object.values(value).flatMap(allowed)];
}

const actionsOf = ({ Action }: Statement): readonly string[] => (typeof Action === 'string' ? [Action] : Action);

test.each(product.map(({ name, blueprint }) => [name, blueprint] as const))(
  '%s: whole, within the limits, and with the least rights',
  (_, blueprint) => {
    const built = samTemplate(blueprint);
    const known = new Set([...Object.keys(built.Resources), ...Object.keys(built.Parameters)]);
    const unknown = references(built)
      .map((reference) => reference.split('.')[0] ?? '')
      .filter((reference) => !reference.startsWith('AWS::') && !known.has(reference));
    expect(unknown).toEqual([]);
    const used = new Set([...conditionsIn(built.Resources), ...conditionsIn(built.Outputs)]);
    expect([...used].sort()).toEqual(Object.keys(built.Conditions).sort());
    expect(checkLimits(built)).toEqual([]);

    const statements = allowed(built.Resources);
    expect(statements.length).toBeGreaterThan(1);
    const wild = statements.filter(({ Resource }) => [Resource].flat().includes('*'));
    expect(wild.flatMap(actionsOf).filter((action) => !NO_RESOURCES.test(action))).toEqual([]);
    expect(statements.flatMap(actionsOf).filter((action) => action.includes('*'))).toEqual([]);
    // Each says why in the file that is deployed.
    const lines = (deploymentFiles(blueprint)['template.yaml'] ?? '').split('\n');
    const everything = lines.flatMap((line, i) => (/^\s*Resource: ["']?\*["']?$/.test(line) ? [lines[i - 1]] : []));
    expect(everything).toEqual(wild.map((): unknown => expect.stringMatching(/^\s*# \w+.* knows no resources/)));
  },
);

/** What the function may do, by what its policies are called. */
function rightsOf(parts: Parameters<typeof projectOf>[0]): Record<string, string> {
  const { Resources } = samTemplate(projectOf(parts));
  const inline = (Resources['FunctionRole']?.Properties['Policies'] ?? []) as unknown as Policies;
  const own = Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::IAM::RolePolicy')
    .map(({ Properties }) => Properties as unknown as Policies[number]);
  return Object.fromEntries(
    [...inline, ...own].map(({ PolicyName, PolicyDocument }) => [PolicyName, JSON.stringify(PolicyDocument)]),
  );
}

test.each(triggers.flatMap((trigger) => outputs.map((output) => [trigger, output] as const)))(
  'rights are those of the parts and no more: %j → %j',
  (trigger, output) => {
    const of = (parts: Parameters<typeof projectOf>[0]): Record<string, string> => rightsOf(parts);
    const both = of({ triggers: [trigger], outputs: [output] });
    const apart = { ...of({ triggers: [trigger], outputs: [] }), ...of({ triggers: [], outputs: [output] }) };
    const rest = Object.entries(both).filter(([name]) => name !== 'idempotency');
    expect(Object.fromEntries(rest)).toEqual(apart);
  },
);

test('each kind has its row under its own name, and a folder of its own', () => {
  for (const { kind, handler, parse } of [...triggerTable.modules, ...outputTable.modules] as const) {
    expect(kind).toMatch(/^[a-z][a-z0-9-]+$/);
    expect([handler, parse].every((one) => typeof one === 'function')).toBe(true);
  }
  expect(new Set(triggers.map(({ kind }) => kind)).size).toBe(triggers.length);
});
