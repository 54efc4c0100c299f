import type { Blueprint } from '../blueprint.ts';
import { costs } from './costs.ts';
import { WORDS } from './package-manager-words.ts';

const AUTH = {
  iam: 'requests signed by your AWS account (Signature Version 4)',
  'api-key': 'a key in the header `x-api-key`',
  none: 'anybody on the internet',
} as const;

/** A text that can't start a heading, a list or a link of its own. */
const plain = (text: string): string => text.replace(/[\\\`*_{}[\]()<>#+\-!|&$~:]/g, '\\$&');

/** README.md of the project. @param sample name of a fixture to show commands with */
export function readme(blueprint: Blueprint, sample: string): string {
  const { name, description, model, task, stages, packageManager } = blueprint;
  const words = WORDS[packageManager];
  const { width, height, colorOrder, resize } = task.preprocessing;
  const type = sample.endsWith('.png') ? 'png' : sample.endsWith('.webp') ? 'webp' : 'jpeg';
  return `# ${name}

${plain(description)}

An HTTP API and a function on AWS Lambda that answer a picture with its class. Nothing runs, and nothing but storage costs, while nobody calls.
Made by create-onnx-lambda ${blueprint.generator}; [onnx-lambda.yaml](onnx-lambda.yaml) has all answers that it was made from.

## Try it, offline

    ${words.install}
    ${words.test}${' '.repeat(Math.max(1, 42 - words.test.length))}# the built handler against the pictures in fixtures/
    ${words.tool} invoke fixtures/${quoted(sample)}
    ${words.tool} start --port 3000
    curl --data-binary @fixtures/${quoted(sample)} -H 'Content-Type: image/${type}' http://127.0.0.1:3000/predict

\`invoke\` and \`start\` need no Docker and no AWS account; with \`--sam\` they go through \`sam local\`.

## Deploy

Needs the [SAM CLI](https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/install-sam-cli.html) and credentials of an AWS account.

    ${words.tool} deploy --stage dev
    ${words.tool} deploy --stage prod        # asks first; traffic moves over by and by and back when an alarm goes off
    ${words.tool} status                     # the stages side by side
    ${words.tool} destroy --stage dev        # removes what was made
    ./pipeline.sh -s prod -d                 # the same from a pipeline, without questions

Plain \`sam build && sam deploy --config-env dev\` works as well.

| stage | who may call |
|---|---|
${Object.entries(stages)
  .map(([stage, { auth }]) => `| ${stage} | ${AUTH[auth]} |`)
  .join('\n')}

## API

\`POST /predict\` takes a picture (\`image/jpeg\`, \`image/png\` or \`image/webp\`, the bytes as they are) or JSON:

    {"image": "<base64>", "top": ${task.top}}

and answers, best first:

    {"predictions": [{"className": "…", "probability": 0.97}], "model": ${JSON.stringify({ name: model.name, version: model.version })}}

\`GET /health\` answers 200 when the model is loaded. Errors are \`{"message", "code"}\`: 400 for a request that is not understood, 413 for a picture that is too
large (${blueprint.function.megapixels} megapixels, 4.5 MB), 415 for a type that is not taken, 422 for a picture that can't be decoded. [swagger.yaml](swagger.yaml) has it all.
The function itself takes the same JSON (\`aws lambda invoke\`) and answers the same object; [events/](events) has one of each.

## What is where

| | |
|---|---|
| \`src/\` | the handler; \`src/model.ts\` is generated, the rest is yours to change |
| \`runtime/\` | layer with onnxruntime-node and sharp, only what Lambda (${blueprint.function.architecture}) loads |
| \`model/\` | layer with the model and its labels, one class name a line |
| \`fixtures/\` | pictures and \`expected.json\`, the answers that the model gave outside of the handler |
| \`template.yaml\`, \`swagger.yaml\`, \`samconfig.yaml\` | what is deployed, the API, and the settings of each stage |
| \`test/\` | \`${words.test}\` |
| \`schemathesis.toml\` | for those who fuzz the API against swagger.yaml with schemathesis |

A picture is turned upright, made ${colorOrder === 'gray' ? 'gray' : colorOrder}, resized to ${width} × ${height} (${resize.kind}) and scaled as the model was trained; the figures are in \`onnx-lambda.yaml\`.

## Change it

- **Handler**: edit \`src/\`, then \`${words.test}\`, \`${words.run} types\` and \`${words.run} lint\`.
- **More pictures**: put them into \`fixtures/\` and what must come out into \`fixtures/expected.json\`.
- **Memory, timeout, alarms, retention**: parameters in \`template.yaml\`, values for each stage in \`samconfig.yaml\`.
- **A new model of the same shape**: replace \`model/model.onnx\` and \`model/labels.txt\`; no code is uploaded, only the model layer.

## What it costs

${costs(blueprint.function)}
`;
}

/** A file name as a shell takes it. */
function quoted(file: string): string {
  return /^[\w.-]+$/.test(file) ? file : `'${file.replaceAll("'", `'\\''`)}'`;
}
