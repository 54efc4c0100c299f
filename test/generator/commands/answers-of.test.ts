import { answersOf } from '../../../generator/commands/answers-of.ts';
import { check, type Question } from '../../../generator/questions/question.ts';
import { ANSWER_NAMES, questions } from '../../../generator/questions/table.ts';
import { TASKS } from '../../../generator/tasks/table.ts';
import { fromS3, variants } from '../template/blueprints.ts';

const stage = { auth: 'iam', account: '123456789012', region: 'eu-central-1' } as const;
const full = { ...fromS3, stages: { dev: stage, stage, prod: stage } };
/** What is done once, and what is a file in the project. */
const ONCE = ['dir', 'model', 'labels', 'pictures', 'git', 'install'];

test('every answer that is no task’s is read back from the Blueprint: an update would fall back to its default', () => {
  const ofTasks: readonly string[] = Object.values(TASKS).flatMap((task) => task.questions);
  const read = Object.keys(answersOf(full));
  const wanted = ANSWER_NAMES.filter((name) => !ofTasks.includes(name) && !ONCE.includes(name));
  expect(wanted.filter((name) => !read.includes(name))).toEqual([]);
});

test.each(Object.entries(variants))('%s: what is read back is taken as an answer', (_, blueprint) => {
  const answers = answersOf(blueprint);
  const context = { answers, cwd: '/', packageManager: 'npm' } as const;
  for (const name of ANSWER_NAMES) {
    const question = questions[name] as Question<unknown>;
    const value = answers[name];
    if (value !== undefined) expect([name, check(question, question.print(value), context)]).toEqual([name, { value }]);
  }
});
