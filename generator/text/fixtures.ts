import { askOnSamples } from '../model/ask-on-samples.ts';
import type { Fixture } from '../render/fixtures.ts';
import type { FixtureParts, Fixtures } from '../tasks/task.ts';
import { json } from '../write/file-map.ts';
import type { TextsAnswer, TextsRequest } from './child/answer-texts.ts';
import type { TextSettings } from './settings.ts';
import { tokenizerOf } from './tokenizer-file.ts';

/** Short enough for any model, of different lengths, so that padding is tried too. */
const SENTENCES = [
  'The weather is lovely today, and the sea is calm.',
  'It rains.',
  'A bank may be a place for money or the side of a river; which of them is meant, only the words around it tell.',
];

/**
 * One text, and several at once where the model takes them, with what the model itself makes of them.
 *
 * @param script of the task: what is answered for the model's numbers, relative to the package
 * @param more what the script gets beside the texts
 * @throws ToolError MODEL_DOES_NOT_RUN
 */
export async function textFixtures<Settings extends TextSettings>(
  settings: Settings,
  parts: FixtureParts,
  script: string,
  more: object = {},
): Promise<Fixtures> {
  const { served, sideFiles, signal } = parts;
  const tokenizer = tokenizerOf(sideFiles);
  const requests = [SENTENCES.slice(0, 1), ...(settings.texts > 1 ? [SENTENCES.slice(0, settings.texts)] : [])];
  const answer = await askOnSamples<TextsRequest<Settings>, TextsAnswer>(
    served,
    'texts',
    script,
    {
      task: settings,
      inputs: served.mended.inputs,
      tokenizer: tokenizer?.kind === 'read' ? tokenizer.path : undefined,
      requests,
      ...more,
    },
    { signal },
  );
  const [[first] = []] = answer;
  const event = { text: SENTENCES[0] };
  const one: Fixture = { file: 'text.json', entry: json(event), path: '/predict', response: { ...first } };
  const many = answer.slice(1).map((results, i): Fixture => ({
    file: 'texts.json',
    entry: json({ texts: requests[i + 1] }),
    path: '/predict',
    response: { results },
  }));
  const body = Buffer.from(JSON.stringify(event));
  return {
    fixtures: [one, ...many],
    sample: { file: one.file, path: one.path, contentType: 'application/json', body, event },
  };
}
