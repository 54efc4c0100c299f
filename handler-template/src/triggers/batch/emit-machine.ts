import {
  getAtt,
  ref,
  skipChecks,
  sub,
  type Properties,
  type Resources,
  type Value,
} from '../../../../generator/template/cloudformation.ts';
import { ofStage } from '../../../../generator/template/parameters.ts';
import type { Batch } from './emit-settings.ts';
import { MACHINE } from './emit-arns.ts';
import { BATCH_ROLE } from './emit-role.ts';

/** Bytes of an invocation's input, of the 262,144 that a state may have. */
const LARGEST_BATCH = 200_000;

/** How often a batch is run again of which items failed through no fault of theirs. */
const RETRIES = 2;

/** The state machine and its log. @param source name of the bucket that is read */
export function machineResources(batch: Batch, source: Value): Resources {
  return {
    BatchStateMachine: {
      Type: 'AWS::StepFunctions::StateMachine',
      Metadata: skipChecks({ CKV_AWS_285: 'What is logged is which batches failed: requests and answers are not.' }),
      Properties: {
        StateMachineName: sub(MACHINE),
        StateMachineType: 'STANDARD',
        Definition: machine(batch),
        DefinitionSubstitutions: {
          FunctionArn: ref('Function.Alias'),
          SourceBucket: source,
          ResultBucket: ref('BatchResultBucket'),
        },
        RoleArn: BATCH_ROLE,
        TracingConfiguration: { Enabled: true },
        LoggingConfiguration: {
          Level: 'ERROR',
          IncludeExecutionData: false,
          Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: getAtt('BatchLogGroup', 'Arn') } }],
        },
      },
    },
    BatchLogGroup: {
      Type: 'AWS::Logs::LogGroup',
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
      Metadata: skipChecks({ CKV_AWS_158: 'CloudWatch encrypts logs with its own key; items are not logged.' }),
      // The beginning that needs no statement for each log group in the account's one policy for them.
      Properties: {
        LogGroupName: sub(`/aws/vendedlogs/states/${MACHINE}`),
        RetentionInDays: ofStage('LogRetention'),
      },
    },
  };
}

/** In the Amazon States Language: what the input leaves out, then which kind of items, then the map. */
export function machine({ items, concurrency, tolerated }: Omit<Batch, 'kind' | 'bucket'>): Properties {
  return {
    Comment: 'Answers each object below a prefix, each row of a CSV file or each line of a JSON lines file',
    StartAt: 'Defaults',
    States: {
      Defaults: {
        Type: 'Pass',
        Result: { prefix: '', manifest: '', items, concurrency, tolerated, strict: false },
        ResultPath: '$.defaults',
        Next: 'Settings',
      },
      Settings: {
        Type: 'Pass',
        Parameters: { 'settings.$': 'States.JsonMerge($.defaults, $$.Execution.Input, false)' },
        OutputPath: '$.settings',
        Next: 'Source',
      },
      Source: {
        Type: 'Choice',
        Choices: [
          { Variable: '$.manifest', StringEquals: '', Next: 'Objects' },
          { Variable: '$.manifest', StringMatches: '*.csv', Next: 'Rows' },
          { Variable: '$.manifest', StringMatches: '*.jsonl', Next: 'Lines' },
        ],
        Default: 'UnknownManifest',
      },
      UnknownManifest: {
        Type: 'Fail',
        Error: 'UnknownManifest',
        Cause: 'The manifest is none: expected a key that ends in .csv or .jsonl',
      },
      ...Object.fromEntries(Object.entries(SOURCES).map(([name, source]) => [name, map(name, source)])),
    },
  };
}

interface Source {
  readonly format: 'objects' | 'csv' | 'jsonl';
  readonly reader: Properties;
}

const ofManifest = (config: Properties): Properties => ({
  Resource: 'arn:aws:states:::s3:getObject',
  ReaderConfig: config,
  Parameters: { Bucket: '${SourceBucket}', 'Key.$': '$.manifest' },
});

/** States by where items come from. */
const SOURCES: Readonly<Record<string, Source>> = {
  Objects: {
    format: 'objects',
    reader: {
      Resource: 'arn:aws:states:::s3:listObjectsV2',
      Parameters: { Bucket: '${SourceBucket}', 'Prefix.$': '$.prefix' },
    },
  },
  Rows: { format: 'csv', reader: ofManifest({ InputType: 'CSV', CSVHeaderLocation: 'FIRST_ROW' }) },
  Lines: { format: 'jsonl', reader: ofManifest({ InputType: 'JSONL' }) },
};

function map(label: string, { format, reader }: Source): Properties {
  return {
    Type: 'Map',
    Label: label,
    ItemReader: reader,
    ItemSelector: { 'Index.$': '$$.Map.Item.Index', 'Item.$': '$$.Map.Item.Value' },
    ItemBatcher: {
      MaxItemsPerBatchPath: '$.items',
      MaxInputBytesPerBatch: LARGEST_BATCH,
      BatchInput: { format, 'manifest.$': '$.manifest', 'run.$': '$$.Execution.Name', 'strict.$': '$.strict' },
    },
    MaxConcurrencyPath: '$.concurrency',
    ToleratedFailurePercentagePath: '$.tolerated',
    ItemProcessor: {
      // Express ones end after five minutes, which retries alone may take.
      ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' },
      StartAt: `Answer${label}`,
      States: { [`Answer${label}`]: ANSWER },
    },
    // A line for each item, not a list for each batch.
    ResultWriter: {
      Resource: 'arn:aws:states:::s3:putObject',
      Parameters: { Bucket: '${ResultBucket}', 'Prefix.$': '$$.Execution.Name' },
      WriterConfig: { Transformation: 'FLATTEN', OutputType: 'JSONL' },
    },
    End: true,
  };
}

const retry = (errors: readonly string[], attempts: number, seconds: number): Properties => ({
  ErrorEquals: errors,
  IntervalSeconds: seconds,
  MaxAttempts: attempts,
  BackoffRate: 2,
  MaxDelaySeconds: 60,
  JitterStrategy: 'FULL',
});

const ANSWER: Properties = {
  Type: 'Task',
  Resource: 'arn:aws:states:::lambda:invoke',
  Parameters: {
    FunctionName: '${FunctionArn}',
    Payload: {
      'BatchInput.$': '$.BatchInput',
      'Items.$': '$.Items',
      'Attempt.$': '$$.State.RetryCount',
      Retries: RETRIES,
    },
  },
  OutputPath: '$.Payload',
  Retry: [
    retry(['Lambda.TooManyRequestsException'], 10, 2),
    retry(
      ['Lambda.ServiceException', 'Lambda.AWSLambdaException', 'Lambda.SdkClientException', 'Lambda.ClientExecutionTimeoutException'],
      6,
      2,
    ),
    retry(['BatchUnfinished'], RETRIES, 5),
    // The environment ended: for want of memory, or while the model was loaded.
    retry(['Lambda.Unknown', 'Runtime.ExitError'], 1, 5),
  ],
  End: true,
}; // prettier-ignore
