import { existsSync, mkdtempSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFunction } from '../../harness/build/build.ts';
import { withLambda } from '../../harness/commands/with-lambda.ts';
import { compareAnswer } from '../../harness/fixtures.ts';
import { openProject } from '../../harness/template/project.ts';
import { describeWith } from '../rig/need.ts';
import { createProject, makeZoo, projectsFolder, type Case } from './zoo.ts';

/** What Python's tokenizers and onnxruntime make of a text, alone. */
interface Said {
  readonly text: string;
  readonly answer: object;
}

const NEAR = { absolute: 1e-4, relative: 1e-3 };

/** What the function answers to each event, parsed. */
async function invoke(project: string, events: readonly object[]): Promise<unknown[]> {
  const opened = await openProject(project);
  const build = await buildFunction(opened);
  const { signal } = new AbortController();
  return withLambda(opened, build, { log: () => undefined, environments: 1 }, { signal }, async (lambda) => {
    const answers: unknown[] = [];
    for (const event of events) answers.push(JSON.parse((await lambda.invoke(JSON.stringify(event))).payload));
    return answers;
  });
}

/** The project's answers to all texts, as many at once as it takes. */
async function answersOf(project: string, texts: readonly string[]): Promise<object[]> {
  const most = Number(/^ {2}texts: (\d+)$/m.exec(readFileSync(join(project, 'onnx-lambda.yaml'), 'utf8'))?.[1]);
  const starts = Array.from({ length: Math.ceil(texts.length / most) }, (_, i) => i * most);
  const answers = await invoke(
    project,
    starts.map((at) => ({ texts: texts.slice(at, at + most) })),
  );
  return answers.flatMap((answer) => (answer as { results: object[] }).results);
}

/** Requests that are none, with the error type of a direct invoke. */
const REFUSED: readonly (readonly [event: object, code: string])[] = [
  [{}, 'INVALID_REQUEST'],
  [{ text: 1 }, 'INVALID_REQUEST'],
  [{ texts: 'a' }, 'INVALID_REQUEST'],
  [{ texts: [] }, 'INVALID_REQUEST'],
  [{ texts: [null] }, 'INVALID_REQUEST'],
  [{ text: 'a', texts: ['b'] }, 'INVALID_REQUEST'],
  [{ text: 'a', more: 1 }, 'INVALID_REQUEST'],
  [{ text: '\ud83d' }, 'INVALID_REQUEST'],
  [{ texts: Array.from({ length: 33 }, () => 'a') }, 'INVALID_REQUEST'],
  [{ text: 'a'.repeat(100_001) }, 'PAYLOAD_TOO_LARGE'],
  [{ texts: ['a'.repeat(60_000), 'b'.repeat(60_000)] }, 'PAYLOAD_TOO_LARGE'],
];

describeWith('zoo', 'the zoo by texts', () => {
  let root: string;
  beforeAll(() => {
    root = mkdtempSync(join(tmpdir(), 'onnx lambda texts '));
  });
  afterAll(() => rmSync(root, { recursive: true, force: true }));

  test('every model of texts answers odd texts as Python does, padded beside others or alone', async () => {
    const zoo = join(root, 'models');
    mkdirSync(zoo);
    const saidFile = ({ name }: Case): string => join(zoo, name, 'texts.json');
    const cases = [...(await makeZoo(zoo)).values()].filter((one) => existsSync(saidFile(one)));
    expect(cases.length).toBeGreaterThanOrEqual(8);
    const projects = projectsFolder(join(root, 'projects'));
    for (const one of cases) {
      const said = JSON.parse(readFileSync(saidFile(one), 'utf8')) as Said[];
      const project = await createProject(projects, zoo, one);
      const texts = said.map(({ text }) => text);
      const answers = await answersOf(project, texts);
      const different = said.flatMap(({ text, answer }, i) => {
        const compared = compareAnswer(answer, answers[i], NEAR);
        return compared.kind === 'same' ? [] : [{ text, why: compared.why }];
      });
      expect({ name: one.name, different }).toEqual({ name: one.name, different: [] });
    }
  }, 300_000);

  test('what is no text is refused, also where the model takes texts as they are', async () => {
    const zoo = join(root, 'refusing models');
    mkdirSync(zoo);
    const names = ['text-classes', 'sentiment-tfidf'];
    const cases = await makeZoo(zoo, names);
    const projects = projectsFolder(join(root, 'refusing projects'));
    for (const one of cases.values()) {
      const project = await createProject(projects, zoo, one);
      const answers = await invoke(project, [...REFUSED.map(([event]) => event), { text: 'a\0b' }, { text: '' }]);
      const codes = answers.map((answer) => (answer as { errorType?: string }).errorType);
      const nul = one.name === 'sentiment-tfidf' ? 'INVALID_REQUEST' : undefined;
      expect({ name: one.name, codes }).toEqual({
        name: one.name,
        codes: [...REFUSED.map(([, code]) => code), nul, undefined],
      });
    }
  }, 120_000);
});
