import type { Blueprint } from '../blueprint.ts';
import { WORDS } from './package-manager-words.ts';

/** What a README says of the package and the registry. */
export function packageReadme(blueprint: Blueprint): string {
  const { tool } = WORDS[blueprint.packageManager];
  return `${blueprint.package.kind === 'image' ? `${IMAGE}\n\n` : ''}${registryText(blueprint, tool)}`;
}

const IMAGE = `What is deployed is a container image: \`build\` and \`deploy\` need Docker, \`test\`, \`invoke\` and \`start\` do not. [Dockerfile](Dockerfile) bundles \`src/\` and
prunes \`runtime/\` on AWS's own base image; \`docker build --build-arg BASE=…\` takes another one. Libraries, model and code are layers of their own, so a change of code pushes kilobytes.
An image may have 10 GB, its base included. Lambda runs it as a user without rights on a file system without writes, but for /tmp.`;

function registryText({ name, package: { kind } }: Blueprint, tool: string): string {
  const what = kind === 'image' ? 'an ECR repository whose tags never change, and a bucket' : 'a bucket';
  return `A stage may have a registry, a stack with ${what} of its own ([registry.yaml](registry.yaml)); without one, SAM makes what it needs. What is in a registry
already is not uploaded again.

    ./pipeline.sh -s dev -r -p -d            # registry, package, deployment: each alone, or together; -h says more
    ${tool} registry --stage dev             # the same as -r: the bucket ${name}-dev-ACCOUNT${kind === 'image' ? ' and the repository' : ''}
    ${tool} push --stage dev                 # the same as -p: builds, and uploads the package

\`TEMPLATE_REGISTRY\`, \`TEMPLATE_LAMBDA\` and \`PREFIX_LAMBDA\` (\`--registry\`, \`--stack\`, \`--prefix\`) name the stacks and the folder in the bucket otherwise.
\`destroy\` leaves the registry: empty its bucket${kind === 'image' ? ' and repository' : ''} and delete the stack \`${name}-registry-STAGE\` when no stage needs it.`;
}
