import type { Blueprint } from '../blueprint.ts';
import type { Sample } from '../render/fixtures.ts';
import { quoted } from '../render/shell.ts';
import type { ReadmeParts } from '../tasks/task.ts';
import type { TextSettings } from './settings.ts';

/** What a task says of itself. */
export interface TextWords extends Pick<ReadmeParts, 'does' | 'about'> {
  /** What is answered for a text, as the inside of a JSON object. */
  readonly answer: string;
}

/** The README's words on a task that takes texts. */
export function textReadme(
  { input, texts }: TextSettings,
  { model }: Blueprint,
  sample: Sample,
  { does, about, answer }: TextWords,
): ReadmeParts {
  const tokens = input.kind === 'tokens';
  const each = `${answer}${tokens ? ', "tokens": 9, "truncated": false' : ''}`;
  const name = JSON.stringify({ name: model.name, version: model.version });
  return {
    does,
    curl: `--data-binary @fixtures/${quoted(sample.file)} -H 'Content-Type: application/json'`,
    api: `\`POST /predict\` takes \`{"text": "…"}\` and answers

    {${each}, "model": ${name}}

or up to ${texts} at once, \`{"texts": ["…", "…"]}\`, and answers in their order

    {"results": [{${each}}, …], "model": ${name}}

Errors are \`{"message", "code"}\`: 400 for a request that is not understood, 413 for more than 100,000 characters.`,
    about: tokens
      ? `${about}
Texts become tokens by \`model/tokenizer.json\`, of which the model reads ${input.maxTokens}, special ones included; what is longer is cut, and \`truncated\` says so.`
      : about,
  };
}
