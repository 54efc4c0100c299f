import { STAGES, type Auth, type Blueprint, type StageName } from '../blueprint.ts';
import { equals, ref, type Properties, type Value } from './cloudformation.ts';
import { LIMITS } from './limits.ts';
import { sourceParts } from './model-source.ts';

/** What a deployment may set; everything but the stage has a default that suits. */
export function parameters(blueprint: Blueprint): Readonly<Record<string, Properties>> {
  return {
    Stage: {
      Description: 'Which stage this stack is',
      Type: 'String',
      AllowedValues: [...STAGES],
      Default: 'dev',
    },
    MemorySize: {
      Description: 'Memory of the function in MB; CPU comes in proportion (1769 MB is one vCPU)',
      Type: 'Number',
      MinValue: LIMITS.memory.min,
      MaxValue: LIMITS.memory.max,
      Default: blueprint.function.memory,
    },
    ReservedConcurrency: {
      Description: 'How many requests may run at once; -1 for as many as the account allows',
      Type: 'Number',
      MinValue: -1,
      Default: -1,
    },
    AlarmTopicArn: {
      Description: 'SNS topic that alarms are sent to; empty for none',
      Type: 'String',
      AllowedPattern: '^(arn:aws[a-z-]*:sns:[a-z0-9-]+:[0-9]{12}:[A-Za-z0-9_.-]+)?$',
      Default: '',
    },
    AllowOrigin: {
      Description: 'Web origin that browsers may call the API from, such as https://example.com',
      Type: 'String',
      AllowedPattern: '^(\\*|https?://[A-Za-z0-9.:-]+)$',
      Default: '*',
    },
    AccessLogs: {
      Description: "A line of log for each request; needs the account's CloudWatch role of API Gateway to be set up",
      Type: 'String',
      AllowedValues: ['enabled', 'disabled'],
      Default: 'disabled',
    },
    ...sourceParts(blueprint).parameters,
  };
}

/** What differs from stage to stage: days of logs, log level, requests a second (steady and at once). */
// prettier-ignore
const STAGE_SETTINGS: Readonly<Record<StageName, Properties>> = {
  dev:   { LogRetention: 7,  LogLevel: 'DEBUG', RateLimit: 10,  BurstLimit: 20 },
  stage: { LogRetention: 14, LogLevel: 'INFO',  RateLimit: 20,  BurstLimit: 40 },
  prod:  { LogRetention: 90, LogLevel: 'INFO',  RateLimit: 100, BurstLimit: 200 },
};

export const mappings = { Stages: STAGE_SETTINGS };

/** A setting of the stage that is deployed. */
export const ofStage = (setting: 'LogRetention' | 'LogLevel' | 'RateLimit' | 'BurstLimit'): Value => ({
  'Fn::FindInMap': ['Stages', ref('Stage'), setting],
});

const AUTH_CONDITION: Readonly<Record<Auth, string>> = {
  iam: 'UsesIam',
  'api-key': 'UsesApiKey',
  none: 'UsesNoAuth',
};

/** Name of the condition that the deployed stage has this auth; undefined where all stages have the same. */
export function authCondition({ stages }: Blueprint, auth: Auth): string | undefined {
  return STAGES.some((stage) => stages[stage].auth !== auth) ? AUTH_CONDITION[auth] : undefined;
}

export function conditions(blueprint: Blueprint): Properties {
  const { stages } = blueprint;
  const differing = (Object.keys(AUTH_CONDITION) as Auth[])
    // A condition that nothing uses is a lint warning: prod's document is what is left when no other fits.
    .filter((auth) => auth === 'api-key' || auth !== stages.prod.auth)
    .filter((auth) => STAGES.some((stage) => stages[stage].auth === auth) && authCondition(blueprint, auth))
    .map((auth) => {
      const tests = STAGES.filter((stage) => stages[stage].auth === auth).map((stage) => equals(ref('Stage'), stage));
      return [AUTH_CONDITION[auth], tests.length === 1 ? (tests[0] as Value) : { 'Fn::Or': tests }] as const;
    });
  return {
    IsProd: equals(ref('Stage'), 'prod'),
    ReservesConcurrency: { 'Fn::Not': [equals(ref('ReservedConcurrency'), -1)] },
    HasAlarmTopic: { 'Fn::Not': [equals(ref('AlarmTopicArn'), '')] },
    WritesAccessLogs: equals(ref('AccessLogs'), 'enabled'),
    ...Object.fromEntries(differing),
  };
}
