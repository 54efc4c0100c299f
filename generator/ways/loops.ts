import type { Blueprint } from '../blueprint.ts';
import { ToolError } from '../errors.ts';
import type { Output } from '../outputs/table.ts';
import { outputTable } from '../outputs/table.ts';
import { STAGES } from '../stages.ts';

/** What a trigger listens to, or an output writes to. */
interface Resource {
  readonly service: 's3' | 'sqs' | 'dynamodb' | 'lambda';
  /** Of something that was there before; undefined where the stack makes it. */
  readonly name: string | undefined;
  /** How the stack's own is called in its template: what CloudFormation makes of that is its name. */
  readonly logicalId?: string;
}

/** A trigger's settings, as far as they name something. */
interface Listening {
  readonly kind: string;
  readonly arn?: string | undefined;
}

const nameIn = (arn: string | undefined): string | undefined => arn?.split(':').at(-1);

/** `Pictures` of arn:aws:dynamodb:REGION:ACCOUNT:table/Pictures/stream/DATE, whose date has colons. */
const tableIn = (arn: string | undefined): string | undefined => /:table\/([^/]+)/.exec(arn ?? '')?.[1];

/** What triggers listen to that an output can write to. Nothing is written to topics and streams, and a schedule listens to nothing. */
const SOURCES: Readonly<Record<string, (trigger: Listening) => Resource>> = {
  s3: () => ({ service: 's3', name: undefined, logicalId: 'InputBucket' }),
  sqs: ({ arn }) => ({ service: 'sqs', name: nameIn(arn), logicalId: 'RequestQueue' }),
  'sqs-fifo': ({ arn }) => ({ service: 'sqs', name: nameIn(arn), logicalId: 'requests' }),
  dynamodb: ({ arn }) => ({ service: 'dynamodb', name: tableIn(arn), logicalId: 'RequestTable' }),
};

type Targets = {
  readonly [Kind in Output['kind']]: (output: Extract<Output, { kind: Kind }>) => Resource | undefined;
};

/** What outputs write to. Where a callback leads and what a bus's rules do is known at run time alone: there, hops are counted. */
const TARGETS: Targets = {
  s3: ({ bucket }) => ({ service: 's3', name: bucket }),
  dynamodb: ({ table }) => ({ service: 'dynamodb', name: table }),
  lambda: (output) => ({ service: 'lambda', name: /(?::function:)?([\w-]+)(?::[\w$-]+)?$/.exec(output.function)?.[1] }),
  sqs: ({ arn }) => ({ service: 'sqs', name: nameIn(arn) }),
  eventbridge: () => undefined,
  callback: () => undefined,
};

type Ways = Pick<Blueprint, 'name' | 'outputs'> & { readonly triggers: readonly Listening[] };

/** The first pair of a trigger and an output that would feed each other, in words; undefined where there is none. */
export function loopIn({ name, triggers, outputs }: Ways): string | undefined {
  const listened = triggers.flatMap((trigger) => {
    const resource = Object.hasOwn(SOURCES, trigger.kind) ? SOURCES[trigger.kind]?.(trigger) : undefined;
    return resource ? [{ who: `trigger ${trigger.kind}`, resource }] : [];
  });
  // Any function can be invoked, whatever its triggers are.
  const sources = [
    ...listened,
    { who: 'the function itself', resource: { service: 'lambda', name: undefined } as const },
  ];
  for (const output of outputs) {
    const target = TARGETS[output.kind](output as never);
    const met = sources.find(({ resource }) => target !== undefined && isSame(resource, target, name));
    if (met) return `output ${outputTable.print(output)} is what ${met.who} listens to`;
  }
  return undefined;
}

/** What the stack makes for an output is never what it makes for a trigger. */
function isSame(source: Resource, target: Resource, project: string): boolean {
  if (source.service !== target.service || target.name === undefined) return false;
  if (source.name !== undefined) return source.name === target.name;
  return isOwn(target.name, project, source.logicalId);
}

/** Whether a name is what CloudFormation calls a resource of one of the project's stacks: STACK, or STACK-LogicalId-4XAMPLE. */
function isOwn(name: string, project: string, logicalId: string | undefined): boolean {
  const given = name.toLowerCase();
  return STAGES.some((stage) => {
    const stack = `${project}-${stage}`;
    if (logicalId === undefined) return given === stack;
    const own = `${stack}-${logicalId}`.toLowerCase();
    return given === own || given.startsWith(`${own}-`) || given.startsWith(`${own}.`);
  });
}

/** @throws ToolError LOOP_REFUSED */
export function refuseLoops(ways: Ways): void {
  const loop = loopIn(ways);
  if (loop === undefined) return;
  throw new ToolError('LOOP_REFUSED', {
    what: `Each answer would be a new request, without end: ${loop}.`,
    where: '--trigger, --output',
    expected: 'an output that no trigger of this project listens to',
  });
}
