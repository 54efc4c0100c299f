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

/** The project's answers to all texts, as many at once as it takes. */
async function answersOf(project: string, texts: readonly string[]): Promise<object[]> {
  const opened = await openProject(project);
  const build = await buildFunction(opened);
  const { signal } = new AbortController();
  const most = Number(/^ {2}texts: (\d+)$/m.exec(readFileSync(join(project, 'onnx-lambda.yaml'), 'utf8'))?.[1]);
  return withLambda(opened, build, { log: () => undefined, environments: 1 }, { signal }, async (lambda) => {
    const answers: object[] = [];
    for (let at = 0; at < texts.length; at += most) {
      const answer = await lambda.invoke(JSON.stringify({ texts: texts.slice(at, at + most) }));
      answers.push(...(JSON.parse(answer.payload) as { results: object[] }).results);
    }
    return answers;
  });
}

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
});
