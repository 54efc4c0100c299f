import type { StackEvent } from '@aws-sdk/client-cloudformation';
import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { rootCause } from '../../pipeline/aws/events.ts';
import { eventLine } from '../../pipeline/print/progress.ts';

const STACK = 'arn:aws:cloudformation:us-east-1:1:stack/api-dev/1';
let count = 0;
const event = (resource: string, status: string, reason?: string, physical = `${resource}-1`): StackEvent => ({
  StackId: STACK,
  EventId: String(count++),
  StackName: 'api-dev',
  Timestamp: new Date(Date.UTC(2026, 0, 1, 12, 30, 5)),
  LogicalResourceId: resource,
  PhysicalResourceId: physical,
  ResourceType: resource === 'api-dev' ? 'AWS::CloudFormation::Stack' : 'AWS::X::Y',
  ResourceStatus: status as 'CREATE_FAILED',
  ...(reason && { ResourceStatusReason: reason }),
});
const cause = event('Alarm', 'CREATE_FAILED', 'Unknown metric');
const echoes = [
  event('Function', 'CREATE_FAILED', 'Resource creation cancelled'),
  event('Api', 'UPDATE_FAILED', 'Resource update cancelled'),
  event('api-dev', 'ROLLBACK_IN_PROGRESS', 'The following resource(s) failed to create: [Alarm, Function].', STACK),
  event('Function', 'CREATE_IN_PROGRESS'),
];

test('the cause is found wherever it stands among its echoes', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(echoes), fc.nat(echoes.length), (others, at) => {
      const events = [...others.slice(0, at), cause, ...others.slice(at)];
      expect(rootCause(events)).toEqual({
        resource: 'Alarm',
        type: 'AWS::X::Y',
        status: 'CREATE_FAILED',
        reason: 'Unknown metric',
      });
    }),
  );
});

test('the first of two causes counts', () => {
  expect(rootCause([cause, event('Api', 'CREATE_FAILED', 'Later')])?.resource).toBe('Alarm');
});

test('a stack that fails as a whole is its own cause, and success has none', () => {
  expect(rootCause([event('api-dev', 'UPDATE_FAILED', 'No such role', STACK)])?.reason).toBe('No such role');
  expect(rootCause([event('Function', 'CREATE_COMPLETE')])).toBeUndefined();
});

test('a line tells the time, the resource and why it failed', () => {
  expect(eventLine(cause)).toMatch(/^ {2}12:30:05 {2}CREATE_FAILED +Alarm +AWS::X::Y {2}Unknown metric$/);
  expect(eventLine(event('Function', 'CREATE_IN_PROGRESS', 'Resource creation Initiated'))).not.toContain('Initiated');
});
