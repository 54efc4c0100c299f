import { z } from 'zod';
import { arnHere, mayOnly, OUTPUT_FOLDERS, type OutputModule } from '../../../../generator/outputs/output.ts';
import { getAtt, ref, skipChecks, type Resource } from '../../../../generator/template/cloudformation.ts';
import type { Parts } from '../../../../generator/template/parts.ts';

const TABLE = /^[\w.-]{3,255}$/;

const settings = z.strictObject({
  kind: z.literal('dynamodb'),
  /** One that is there already, with the text `id` as its key; without it the stack has its own. */
  table: z.string().regex(TABLE).optional(),
});
type Settings = z.infer<typeof settings>;

export const dynamodbOutput: OutputModule<Settings> = {
  kind: 'dynamodb',
  title: "an item in DynamoDB: in the stack's own table, or in one that is there",
  repeatable: true,
  settings,
  parse(value) {
    if (value === undefined) return { value: { kind: 'dynamodb' } };
    return TABLE.test(value)
      ? { value: { kind: 'dynamodb', table: value } }
      : { expected: 'dynamodb, or dynamodb=TABLE with the name of a table of which `id` is the key' };
  },
  print: ({ table }) => table,
  template,
  handler: () => ({
    from: 'outputs/dynamodb/handler.ts',
    name: 'dynamodbOutput',
    folders: ['outputs/dynamodb', ...OUTPUT_FOLDERS],
    brought: ['@aws-sdk/client-dynamodb'],
  }),
  readme: ({ table }) =>
    `Answers are items of ${table === undefined ? "the stack's table (output `OutputTableName`)" : `table \`${table}\``}: \`id\` of the request, \`name\` of the input, \`trigger\`, \`answer\` as JSON text, \`at\`. An answer of more than 400 KB is refused.`,
};

function template({ table }: Settings): Parts {
  const name = table ?? ref('OutputTable');
  return {
    ...mayOnly(
      'dynamodb',
      'dynamodb:PutItem',
      table === undefined ? getAtt('OutputTable', 'Arn') : arnHere('dynamodb', `table/${table}`),
    ),
    ...(table === undefined && { resources: { OutputTable } }),
    variables: { OUTPUT_TABLE: name },
    outputs: { OutputTableName: { Description: 'Table that answers are items of', Value: name } },
  };
}

/** Deleted with the stack; of a table with point-in-time recovery, DynamoDB keeps a backup for 35 days then. */
const OutputTable: Resource = {
  Type: 'AWS::DynamoDB::Table',
  DeletionPolicy: 'Delete',
  UpdateReplacePolicy: 'Retain',
  Metadata: skipChecks({ CKV_AWS_119: "Encrypted with DynamoDB's own key; one of the account's costs by the month." }),
  Properties: {
    AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
    KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
    BillingMode: 'PAY_PER_REQUEST',
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    SSESpecification: { SSEEnabled: true },
  },
};
