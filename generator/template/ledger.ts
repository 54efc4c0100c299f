import type { Blueprint } from '../blueprint.ts';
import { needsLedger } from '../handler-parts.ts';
import { getAtt, ref, skipChecks } from './cloudformation.ts';
import type { Parts } from './parts.ts';

/** A table with who was answered, where a request that comes twice would be answered twice. It has hashes of ids, and no requests. */
export const ledgerParts = (blueprint: Blueprint): Parts => (needsLedger(blueprint) ? PARTS : {});

const PARTS: Parts = {
  resources: {
    IdempotencyTable: {
      Type: 'AWS::DynamoDB::Table',
      // What is in it is of use for a day.
      DeletionPolicy: 'Delete',
      UpdateReplacePolicy: 'Delete',
      Metadata: skipChecks({ CKV_AWS_119: "Encrypted by DynamoDB's own key in KMS; it has hashes, and no requests." }),
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { SSEEnabled: true },
      },
    },
  },
  variables: { IDEMPOTENCY_TABLE: ref('IdempotencyTable') },
  policies: {
    idempotency: [
      {
        Effect: 'Allow',
        Action: ['dynamodb:PutItem', 'dynamodb:DeleteItem'],
        Resource: getAtt('IdempotencyTable', 'Arn'),
      },
    ],
  },
};
