import { clientExample } from '../../swagger/client/example.ts';
import { CLIENT_FILE } from '../../swagger/client/source.ts';
import type { Operation } from '../../swagger/operation.ts';
import type { Blueprint } from '../blueprint.ts';
import type { Sample } from './fixtures.ts';

/** The README's words on client.ts. @param predict POST /predict, where there is one */
export function clientReadme(blueprint: Blueprint, predict: Operation | undefined, sample: Sample): string {
  const picture = sample.contentType === 'application/json' ? undefined : `fixtures/${sample.file}`;
  const { imports, call } = clientExample(blueprint, predict, picture);
  return `[${CLIENT_FILE}](${CLIENT_FILE}) is a typed client: one file without dependencies, for Node and browsers. What does not fit the model does not compile.

\`\`\`ts
${[...imports, `import { createClient } from './${CLIENT_FILE}';`].join('\n')}

const client = createClient({ baseUrl: 'http://127.0.0.1:3000' });
console.log(await ${call});
\`\`\`

A refusal is a \`ServiceError\` with \`status\`, \`code\` and \`requestId\`; 429 and 5xx that may pass are tried again. \`apiKey\` sends a key; a stage that takes
signed requests needs a \`fetch\` that signs.`;
}
