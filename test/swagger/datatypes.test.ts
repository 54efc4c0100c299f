import { DECLARED_TYPES, ELEMENT_TYPES } from '../../generator/model/spec.ts';
import { datatypeOf as answered } from '../../handler-template/src/protocol/datatypes.ts';
import { datatypeOf } from '../../swagger/protocol.ts';

// The handler imports nothing of ours, so that its table is one of its own.
test.each(DECLARED_TYPES)('%s is called the same by swagger.yaml and by the handler', (declaredType) => {
  const same = ELEMENT_TYPES.map((elementType) => {
    const tensor = { name: 'x', elementType, dims: [], declaredType };
    return [elementType, datatypeOf(tensor) === answered(tensor), datatypeOf({ elementType }) === answered({ ...tensor, declaredType: elementType })];
  });
  expect(same).toEqual(ELEMENT_TYPES.map((elementType) => [elementType, true, true]));
}); // prettier-ignore
