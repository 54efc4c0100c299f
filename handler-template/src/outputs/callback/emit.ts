import { createHash } from 'node:crypto';
import { z } from 'zod';
import { OUTPUT_FOLDERS, type OutputModule } from '../../../../generator/outputs/output.ts';
import { ref } from '../../../../generator/template/cloudformation.ts';
import type { Parts } from '../../../../generator/template/parts.ts';

/** What CloudFormation can check of it: a host with a dot, no port, nobody's password. The rest is checked before each request. */
const PATTERN = '^https://[A-Za-z0-9.-]+\\.[A-Za-z0-9-]+([/?][!-"$-~]*)?$';

/** Names of parameters that a password stands under: a template is no place for it. */
const SECRET = /[?&][^=&]*(token|secret|passw|signature|api-?_?key|auth)[^=&]*=/i;

const isCallback = (url: string): boolean => new RegExp(PATTERN).test(url) && !SECRET.test(url) && url.length <= 1024;

const settings = z.strictObject({ kind: z.literal('callback'), url: z.string().refine(isCallback) });
type Settings = z.infer<typeof settings>;

export const callbackOutput: OutputModule<Settings> = {
  kind: 'callback',
  title: 'a POST to a URL on the public internet',
  repeatable: false,
  settings,
  parse: (value = '') =>
    isCallback(value)
      ? { value: { kind: 'callback', url: value } }
      : { expected: 'callback=https://… with a public host, without port, user or secret' },
  print: ({ url }) => url,
  template,
  handler: () => ({
    from: 'outputs/callback/handler.ts',
    name: 'callbackOutput',
    folders: ['outputs/callback', ...OUTPUT_FOLDERS, 'inputs', 'inputs/https'],
    packages: ['ipaddr.js'],
  }),
  readme: () =>
    'Each answer is posted to the URL in parameter `CallbackUrl` (samconfig.yaml may have another for each stage; a new one there counts from the next version of the function on) as `{"id", "name", "trigger", "hops", "answer"}`, with the request\'s id as `Idempotency-Key`. It is tried four times where the host fails or does not answer; redirects are not followed, and only hosts of the public internet are asked.',
};

function template({ url }: Settings): Parts {
  return {
    parameters: {
      CallbackUrl: {
        Description: 'Where answers are posted to; it is no secret',
        Type: 'String',
        AllowedPattern: PATTERN,
        Default: url,
      },
    },
    variables: { OUTPUT_CALLBACK: ref('CallbackUrl') },
    // A description has 256 characters: of the URL that the project was made with, a mark.
    version: [`callback ${createHash('sha256').update(url).digest('hex').slice(0, 8)}`],
  };
}
