import { Command } from 'commander';
import { readFileSync } from 'node:fs';
import { onIo } from '../generator/commands/on-io.ts';
import { CHOICE_FLAGS } from '../generator/commands/model-choice.ts';
import { packageFile } from '../generator/package-files.ts';
import type { Command as Run, Io } from '../generator/io.ts';
import { main } from './main.ts';

const { version } = JSON.parse(readFileSync(packageFile('package.json'), 'utf8')) as { version: string };

/** With flags for what is else called by the project's name and the stage. */
const named = (command: Command): Command =>
  command
    .option('--stack <name>', "name of the function's stack")
    .option('--registry <name>', "name of the registry's stack")
    .option('--prefix <folder>', 'folder of the artifacts in their bucket');

/** `onnx-lambda`: what one does in a project. A command's module is loaded only when it is the one that runs. */
export function projectProgram(io: Io, done: (code: number) => void): Command {
  const program = onIo(new Command('onnx-lambda'), io)
    .description('Builds, tests, serves and deploys an ONNX model on AWS Lambda')
    .version(version);

  const action =
    // Each command has options of its own: `never` is what they share.
    (load: (options: never) => Promise<Run<never>>) =>
      async (...args: unknown[]): Promise<void> => {
        const command = args.at(-1) as Command;
        const names = command.registeredArguments.map((argument) => argument.name());
        const named = Object.fromEntries(names.map((name, i) => [name, args[i]]));
        const options = { ...named, ...command.opts<object>() } as never;
        done(await (await load(options))(options, io));
      };

  program
    .command('inspect <model>')
    .description("print a model's signature, operators, metadata and the task it suggests")
    .option('--json', 'as JSON on stdout')
    .option('--no-run', 'leave out the trial run')
    .option(...CHOICE_FLAGS[0])
    .option(...CHOICE_FLAGS[1])
    .action(action(async () => (await import('../generator/commands/inspect.ts')).inspect));

  program
    .command('invoke [fixture]')
    .description('send a fixture picture or an event to the function and print its answer')
    .option(
      '--event <file or kind>',
      'an event as JSON, - for standard input; or with a fixture the kind of trigger that sends it: s3',
    )
    .option('--bucket <name>', 'bucket in S3 that the fixture is put into, for --event s3')
    .option('--output <file>', 'write the picture in the answer to a file')
    .option('--stage <stage>', 'whose parameters to use', 'dev')
    .option('--credentials', 'let the function see the AWS credentials of this shell')
    .option('--sam', 'through `sam local invoke`, in Docker')
    .action(
      action(async (options: { sam?: boolean }) =>
        options.sam
          ? (await import('../pipeline/commands/invoke-sam.ts')).invokeSam
          : (await import('../harness/commands/invoke.ts')).invoke,
      ),
    );

  program
    .command('start')
    .description('serve the API on this machine')
    .option('--port <port>', 'port to listen on, 0 for any free one', '3000')
    .option('--host <host>', 'address to listen on', '127.0.0.1')
    .option('--stage <stage>', 'whose parameters to use', 'dev')
    .option('--auth', 'refuse requests without authorisation, as far as that can be checked here')
    .option('--throttle', "keep to the API's throttling")
    .option('--trigger <kind>', 'which of several: rest-api, http-api, function-url; the first where it is left out')
    .option('--credentials', 'let the function see the AWS credentials of this shell')
    .option('--sam', 'through `sam local start-api`, in Docker')
    .action(
      action(async (options: { sam?: boolean }) =>
        options.sam
          ? (await import('../pipeline/commands/start-sam.ts')).startSam
          : (await import('../harness/commands/start.ts')).start,
      ),
    );

  program
    .command('test')
    .description('send every fixture to the built function and compare the answers with the expected ones')
    .option('--stage <stage>', 'whose parameters to use', 'dev')
    .option('--json', 'as JSON on stdout')
    .action(action(async () => (await import('../harness/commands/test.ts')).test));

  program
    .command('build')
    .description('build the artifact with `sam build`, and weigh its parts')
    .option('--json', 'what the parts weigh, as JSON on stdout')
    .action(action(async () => (await import('../pipeline/commands/build.ts')).build));

  named(program.command('registry'))
    .description("deploy the stack that a stage's packages are kept in: a bucket, and for images a repository")
    .requiredOption('--stage <stage>', 'dev, stage or prod')
    .action(action(async () => (await import('../pipeline/commands/registry.ts')).registry));

  named(program.command('push'))
    .description("build the package and put it into the stage's registry")
    .requiredOption('--stage <stage>', 'dev, stage or prod')
    .action(action(async () => (await import('../pipeline/commands/push.ts')).push));

  named(program.command('deploy'))
    .description('deploy to a stage: checks, change set, progress, smoke test')
    .requiredOption('--stage <stage>', 'dev, stage or prod')
    .option('--yes', 'do not ask')
    .option('--keep-model', 'stay with the model in S3 that the stage uses, whatever is in model/')
    .action(action(async () => (await import('../pipeline/commands/deploy.ts')).deploy));

  const model = program.command('model').description('versions of a model that is fetched from S3');
  model
    .command('push')
    .description("upload the project's model for a stage, without deploying it, and print the version's name")
    .option('--stage <stage>', 'dev, stage or prod', 'dev')
    .option('--json', 'as JSON on stdout')
    .action(action(async () => (await import('../pipeline/commands/model-push.ts')).modelPush));
  model
    .command('list')
    .description('the versions that the stages can use, and which they use')
    .option('--stage <stage>', 'of one stage alone')
    .option('--json', 'as JSON on stdout')
    .action(action(async () => (await import('../pipeline/commands/model-list.ts')).modelList));
  model
    .command('use <version>')
    .description('move a stage to another version of its model, by parameters of the stack alone')
    .requiredOption('--stage <stage>', 'dev, stage or prod')
    .option('--yes', 'do not ask')
    .option('--json', 'as JSON on stdout')
    .action(action(async () => (await import('../pipeline/commands/model-use.ts')).modelUse));

  program
    .command('update [flags...]')
    .description(
      'make the project anew from onnx-lambda.yaml, with a new model or other answers; edited files are kept',
    )
    .helpOption(false)
    .allowUnknownOption()
    .action(async (flags: string[]) => {
      const { updateProgram } = await import('../generator/commands/update-program.ts');
      await updateProgram(io, done).parseAsync(flags, { from: 'user' });
    });

  program
    .command('status')
    .description('the three stages side by side')
    .option('--json', 'as JSON on stdout')
    .action(action(async () => (await import('../pipeline/commands/status.ts')).status));

  named(program.command('destroy'))
    .description('remove what was deployed to a stage')
    .requiredOption('--stage <stage>', 'dev, stage or prod')
    .option('--yes', 'do not ask')
    .action(action(async () => (await import('../pipeline/commands/destroy.ts')).destroy));

  return program;
}

await main(projectProgram);
