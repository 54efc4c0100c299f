import { expect, test } from '@jest/globals';
import { changeRows, plannedChanges } from '../../pipeline/aws/change-set.ts';

const change = (LogicalResourceId: string, Replacement?: 'True' | 'False' | 'Conditional') => ({
  Type: 'Resource' as const,
  ResourceChange: {
    Action: 'Modify' as const,
    LogicalResourceId,
    ResourceType: 'AWS::X::Y',
    ...(Replacement && { Replacement }),
  },
});

test('what is replaced comes first and is marked', () => {
  const changes = plannedChanges([
    change('B', 'False'),
    change('A'),
    change('D', 'Conditional'),
    change('C', 'True'),
    {},
  ]);
  expect(changeRows(changes)).toEqual([
    ['Modify', 'C', 'AWS::X::Y', '!! REPLACED'],
    ['Modify', 'D', 'AWS::X::Y', '! maybe replaced'],
    ['Modify', 'A', 'AWS::X::Y', ''],
    ['Modify', 'B', 'AWS::X::Y', ''],
  ]);
});
