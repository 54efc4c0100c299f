import type { Blueprint, ModelSource } from '../blueprint.ts';
import { megabytes } from '../megabytes.ts';
import { predictOf, readmeOf } from '../dialects/speak.ts';
import { inputsReadme } from '../inputs/readme.ts';
import { handlerOf, moduleOf } from '../tasks/table.ts';
import { speaksHttp } from '../triggers/table.ts';
import { clientReadme } from './client-readme.ts';
import { costs } from './costs.ts';
import type { Sample } from './fixtures.ts';
import { WORDS } from './package-manager-words.ts';
import { packageReadme } from './package-readme.ts';
import { quoted } from './shell.ts';
import { ways, whoMayCall } from './ways.ts';

/** A text that can't start a heading, a list or a link of its own. */
const plain = (text: string): string => text.replace(/[\\\`*_{}[\]()<>#+\-!|&$~:]/g, '\\$&');

/** What several do, as one does it: `answer a text` → `answers a text`. */
const singular = (does: string): string => does.replace(/^\w+/, '$&s');

/** README.md of the project. @param sample the request to show commands with */
export function readme(blueprint: Blueprint, sample: Sample): string {
  const { name, description, packageManager } = blueprint;
  const http = speaksHttp(blueprint);
  const words = WORDS[packageManager];
  const { does, curl, api, about } = readmeOf(blueprint, sample);
  const predict = predictOf(blueprint);
  const pictures = handlerOf(blueprint.task).folders.includes('pictures');
  const hasLabels = moduleOf(blueprint.task).classes(blueprint.task) !== undefined;
  const layer = blueprint.package.kind === 'image' ? 'in the image:' : 'layer with';
  const event = sample.path === '/predict' ? 'predict' : 'infer';
  return `# ${name}

${plain(description)}

${http ? `An HTTP API and a function on AWS Lambda that ${does}` : `A function on AWS Lambda that ${singular(does)}`}. Nothing runs, and nothing but storage costs, while nobody calls.
Made by create-onnx-lambda ${blueprint.generator}; [onnx-lambda.yaml](onnx-lambda.yaml) has all answers that it was made from.

## Try it, offline

    ${words.install}
    ${words.test}${' '.repeat(Math.max(1, 42 - words.test.length))}# the built handler against the requests in fixtures/
    ${words.tool} invoke fixtures/${quoted(sample.file)}${http ? startText(words.tool, curl, sample) : ''}

${http ? '\`invoke\` and \`start\` need no Docker and no AWS account; with \`--sam\` they go' : '\`invoke\` needs no Docker and no AWS account; with \`--sam\` it goes'} through \`sam local\`.

## Deploy

Needs the [SAM CLI](https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/install-sam-cli.html) and credentials of an AWS account.

    ${words.tool} deploy --stage dev
    ${words.tool} deploy --stage prod        # asks first; traffic moves over by and by and back when an alarm goes off
    ${words.tool} status                     # the stages side by side
    ${words.tool} destroy --stage dev        # removes what was made
    ./pipeline.sh -s prod -d                 # the same from a pipeline, without questions

${deployText(blueprint)}

${packageReadme(blueprint)}
${whoMayCall(blueprint)}
${ways(blueprint)}## ${http ? 'API' : 'Requests and answers'}

${http ? '' : SILENT}${api}

${inputsReadme(blueprint, predict, sample)}${blueprint.protocol ? protocolText(blueprint) : ''}${http ? HEALTH : ''}The function itself takes the same JSON (\`aws lambda invoke\`, [events/${event}.json](events/${event}.json)) and answers the same object.

${http ? `## Client\n\n${clientReadme(blueprint, predict, sample)}\n\n` : ''}## What is where

| | |
|---|---|
| \`src/\` | the handler; \`src/model.ts\` is generated, the rest is yours to change |
| \`runtime/\` | ${layer} onnxruntime-node${pictures ? ' and sharp' : ''}, only what Lambda (${blueprint.function.architecture}) loads |
| \`model/\` | ${blueprint.model.source.kind === 'layer' ? layer : IN_MODEL[blueprint.model.source.kind]} the model${hasLabels ? ' and its labels, one class name a line' : ''} |
| \`fixtures/\` | requests and \`expected.json\`, the answers that the model gave outside of the handler |
| \`template.yaml\`, \`samconfig.yaml\` | what is deployed, and the settings of each stage |
| \`test/\` | \`${words.test}\` |
${http ? HTTP_FILES : ''}
${about}

## Change it

- **Handler**: edit \`src/\`, then \`${words.test}\`, \`${words.run} types\` and \`${words.run} lint\`.
- **More fixtures**: put pictures or JSON bodies into \`fixtures/\` and what must come out into \`fixtures/expected.json\`.
- **Memory, timeout, alarms, retention**: parameters in \`template.yaml\`, values for each stage in \`samconfig.yaml\`.
- **A new model of the same shape**: replace \`model/model.onnx\`${hasLabels ? ' and \`model/labels.txt\`' : ''}; no code is uploaded, only the model.

## What it costs

${costs(blueprint)}
`;
}

const IN_MODEL = {
  s3: 'what is uploaded to S3:',
  https: 'for runs on this machine:',
} as const;

const startText = (tool: string, curl: string, { path }: Sample): string => `
    ${tool} start --port 3000
    curl ${curl} http://127.0.0.1:3000${path}`;

const SILENT = 'Nobody calls over HTTP: a path only says which kind of request is meant.\n\n';

const HEALTH = '`GET /health` answers 200 when the model is loaded. [swagger.yaml](swagger.yaml) has it all.\n';

const HTTP_FILES = `| \`swagger.yaml\` | the API |
| \`client.ts\` | the typed client; nothing of the service needs it |
| \`schemathesis.toml\` | for those who fuzz the API against swagger.yaml with schemathesis |
`;

/** How it gets there without us. */
function deployText({ model: { source }, packageManager, package: { kind } }: Blueprint): string {
  const isImage = kind === 'image';
  const plain = `Plain \`sam build && sam deploy --config-env dev${isImage ? ' --resolve-image-repos' : ''}\` works as well.`;
  if (source.kind === 'layer') return plain;
  if (source.kind === 'https') return `${plain} ${webText(source)}`;
  const { tool } = WORDS[packageManager];
  return `The model is too large for a layer, or was wanted in S3: \`deploy\` packs \`model/\` as a tar, puts it into
${bucketText(source.bucket)} (\`ModelBucket=NAME\` among a stage's \`parameter_overrides\` in samconfig.yaml names another), and pins the stack to that version and its sha256. A starting function streams it to /tmp
(${source.storage} MB), checks the sha256, and keeps it as long as the environment lives. A new version of the model needs no build:

    ${tool} model push --stage dev           # uploads model/, and prints the version's name
    ${tool} model list                       # the versions, and which stage uses which
    ${tool} model use VERSION --stage dev    # moves the stage by parameters alone; prod asks, and goes by its canary

\`deploy\` pins what is in \`model/\`, and says so where the stage uses another; \`--keep-model\` stays with that. Plain SAM does the same as \`deploy\`, by hand:

    tar -cf model.tar -C model . && sha256=$(sha256sum model.tar | cut -d' ' -f1)
    aws s3api put-object --bucket BUCKET --key STACK/$sha256.tar --body model.tar        # prints the VersionId; up to 5 GB
    sam build && sam deploy --config-env dev --parameter-overrides Stage=dev ModelBucket=BUCKET ModelSha256=$sha256 ModelVersionId=ID

Lambda breaks off a start after 10 seconds and makes it anew with the first request, under the function's own timeout: with a gigabyte, that
first request waits for the download, and may get a 504 from the API, which waits 29 seconds. \`test\`, \`invoke\` and \`start\` take the model from \`model/\`.`;
}

/** A model that somebody else keeps. */
function webText({ url, format, member, bytes, storage }: Extract<ModelSource, { kind: 'https' }>): string {
  const what = format === 'file' ? 'a file' : `\`${member}\` in a ${format}`;
  return `The model is not deployed: a starting function fetches it (${what}, ${megabytes(bytes)}) from
<${url.replace(/[?#].*/, '')}>
to /tmp (${storage} MB), and starts with nothing but what has the sha256 in \`template.yaml\`. A connection that breaks is tried again twice, within the
function's timeout; where the address is gone or has another file, no function starts any more, so an address of your own is the better one for production
(\`--model-source s3\`). Labels and tokenizers are in \`beside-model/\`, a layer. \`test\`, \`invoke\` and \`start\` take the model from \`model/\`.

Lambda breaks off a start after 10 seconds and makes it anew with the first request, under the function's own timeout.`;
}

/** Which bucket the models are in. */
function bucketText(bucket: Extract<Blueprint['model']['source'], { kind: 's3' }>['bucket']): string {
  switch (bucket?.kind) {
    case 'stack':
      return 'the bucket of the stack `STACK-models` (models.yaml), which is made before and goes with `destroy`';
    case 'existing':
      return `the bucket \`${bucket.name}\`, which has to be there, with versions`;
    case undefined:
      return 'the bucket `onnx-lambda-models-ACCOUNT-REGION`, which is made if it is not there: with versions, encrypted, not public';
  }
}

/** The routes of the Open Inference Protocol. */
function protocolText({ model: { name } }: Blueprint): string {
  return `\`POST /v2/models/${name}/infer\` takes tensors as the Open Inference Protocol has them, and so does the function when it is invoked with
\`{"inputs": […]}\`; \`GET /v2/models/${name}\` says which inputs and outputs there are.

`;
}
