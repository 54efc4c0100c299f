import { predictOf } from '../../../generator/dialects/speak.ts';
import { DIALECTS } from '../../../generator/dialects/names.ts';
import type { Answers } from '../../../generator/questions/answers.ts';
import { check } from '../../../generator/questions/question.ts';
import { questions } from '../../../generator/questions/table.ts';
import { compareSignatures } from '../../../generator/update/signature/compare.ts';
import { modelSource } from '../../../swagger/model-source.ts';
import type { Operation } from '../../../swagger/operation.ts';
import { digits } from '../template/blueprints.ts';

const judge = (name: string, answers: Partial<Answers>): 'taken' | 'refused' => {
  const checked = check(questions.dialect, name, { answers, cwd: '/', packageManager: 'npm' });
  return 'value' in checked ? 'taken' : 'refused';
};

test.each<[Partial<Answers>, readonly string[]]>([
  [{}, DIALECTS],
  [{ task: 'image-classification' }, ['standard', 'djl', 'pairs']],
  [{ task: 'tabular-regression' }, ['standard', 'message']],
  [{ task: 'tabular-classification', features: ['age', 'town'] }, ['standard', 'message']],
  [{ task: 'tabular-regression', features: ['input_X'] }, ['standard']],
  [{ task: 'object-detection' }, ['standard']],
  [{ task: 'text-classification' }, ['standard']],
  [{ task: 'tensor' }, ['standard']],
])('%j: what fits', (answers, fits) => {
  expect(DIALECTS.filter((name) => judge(name, answers) === 'taken')).toEqual(fits);
});

test('an answer that is a list is one in the schemas, and a type of its own', () => {
  const spoken = (dialect: 'djl' | 'pairs'): { source: string; predict: Operation | undefined } => {
    const predict = predictOf({ ...digits, dialect });
    return { source: modelSource(digits, predict), predict };
  };
  const { source, predict } = spoken('djl');
  expect(predict?.answer.schema).toMatchObject({ title: 'PredictResponse', type: 'array', maxItems: 10 });
  expect(source).toContain('export type PredictResponse = Prediction[];');
  const pairs = spoken('pairs');
  expect(pairs.source).toContain('export type PredictResponse = (string | number)[][];');
  const request = pairs.predict?.request?.schema;
  expect(Object.keys(request?.type === 'object' ? request.properties : {})).toEqual(['image', 'n_predictions']);
});

test('another dialect breaks clients', () => {
  const changes = compareSignatures(
    { blueprint: digits, labels: undefined },
    { blueprint: { ...digits, dialect: 'djl' }, labels: undefined },
  );
  expect(changes.map(({ kind }) => kind)).toContain('breaking');
});
