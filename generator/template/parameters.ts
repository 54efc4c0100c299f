import type { Blueprint } from '../blueprint.ts';
import { STAGES, type StageName } from '../stages.ts';
import { equals, ref, type Properties, type Value } from './cloudformation.ts';
import { LIMITS } from './limits.ts';

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

export const conditions: Properties = {
  IsProd: equals(ref('Stage'), 'prod'),
  ReservesConcurrency: { 'Fn::Not': [equals(ref('ReservedConcurrency'), -1)] },
  HasAlarmTopic: { 'Fn::Not': [equals(ref('AlarmTopicArn'), '')] },
};
