import type { Blueprint } from '../blueprint.ts';
import { ALIAS } from './alias.ts';
import { iff, ref, sub, type Resource, type Resources, type Value } from './cloudformation.ts';

/** REST APIs cut here, in seconds. */
const GATEWAY_TIMEOUT = 29;

/** How much of a time limit may be used before somebody should look. */
const NEAR = 0.8;

/** Whose metric it is. */
interface Subject {
  readonly namespace: string;
  readonly by: Readonly<Record<string, Value>>;
}

export interface Alarm {
  readonly description: string;
  readonly metric: string;
  readonly of: 'alias' | 'function' | 'api' | Subject;
  readonly statistic: 'Sum' | 'Maximum' | 'p99';
  /** At or above it, in `minutes` of the last 5 minutes. */
  readonly threshold: number;
  readonly minutes: number;
}

/** From how many ms on a time limit is near. */
export const near = (seconds: number): number => Math.round(seconds * 1000 * NEAR);

const ofFunction = ({ function: { timeout } }: Blueprint): Readonly<Record<string, Alarm>> => ({
    // Stops a canary: one failure is enough, and it looks at the alias, so at the old and the new version.
    ErrorsAlarm: { description: 'The function failed', metric: 'Errors', of: 'alias', statistic: 'Sum', threshold: 1, minutes: 1 },
    ThrottlesAlarm: { description: 'Requests found no free environment', metric: 'Throttles', of: 'function', statistic: 'Sum', threshold: 1, minutes: 1 },
    DurationAlarm: { description: 'The function is near its timeout', metric: 'Duration', of: 'function', statistic: 'Maximum', threshold: near(timeout), minutes: 3 },
}); // prettier-ignore

const ofApi = ({ function: { timeout } }: Blueprint): Readonly<Record<string, Alarm>> => ({
    ServerErrorsAlarm: { description: 'The API answered with 5xx', metric: '5XXError', of: 'api', statistic: 'Sum', threshold: 1, minutes: 1 },
    LatencyAlarm: { description: 'The API is near its time limit', metric: 'Latency', of: 'api', statistic: 'p99', threshold: near(Math.min(timeout, GATEWAY_TIMEOUT)), minutes: 3 },
}); // prettier-ignore

const SUBJECTS: Readonly<Record<Exclude<Alarm['of'], Subject>, Subject>> = {
  function: { namespace: 'AWS/Lambda', by: { FunctionName: ref('Function') } },
  alias: { namespace: 'AWS/Lambda', by: { FunctionName: ref('Function'), Resource: sub(`\${Function}:${ALIAS}`) } },
  api: { namespace: 'AWS/ApiGateway', by: { ApiName: ref('AWS::StackName'), Stage: ref('Stage') } },
};

/** Alarms of the function; like all alarms they are silent until parameter AlarmTopicArn says where to send them. */
export const functionAlarms = (blueprint: Blueprint): Resources => alarms(ofFunction(blueprint));

/** Alarms of the REST API. */
export const apiAlarms = (blueprint: Blueprint): Resources => alarms(ofApi(blueprint));

/** Alarms by their logical id. */
export function alarms(table: Readonly<Record<string, Alarm>>): Resources {
  return Object.fromEntries(Object.entries(table).map(([id, row]) => [id, alarm(row)]));
}

function alarm({ description, metric, of, statistic, threshold, minutes }: Alarm): Resource {
  const { namespace, by } = typeof of === 'string' ? SUBJECTS[of] : of;
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      AlarmDescription: sub(`\${AWS::StackName}: ${description}`),
      Namespace: namespace,
      MetricName: metric,
      Dimensions: Object.entries(by).map(([Name, value]) => ({ Name, Value: value })),
      ...(statistic === 'p99' ? { ExtendedStatistic: statistic } : { Statistic: statistic }),
      Period: 60,
      EvaluationPeriods: minutes === 1 ? 1 : 5,
      DatapointsToAlarm: minutes,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      Threshold: threshold,
      TreatMissingData: 'notBreaching',
      AlarmActions: iff('HasAlarmTopic', [ref('AlarmTopicArn')]),
      OKActions: iff('HasAlarmTopic', [ref('AlarmTopicArn')]),
    },
  };
}
