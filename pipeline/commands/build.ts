import type { Command } from '../../generator/io.ts';
import { buildArtifact, projectBuild } from '../artifact/build.ts';
import { printWeights, weightsJson } from '../artifact/report.ts';
import { weighZips } from '../artifact/zip.ts';
import { readProject } from '../project.ts';
import { checkSam } from '../sam/check.ts';

export interface BuildOptions {
  readonly json?: boolean;
}

/** `onnx-lambda build`: the artifact, by `sam build`, and what its parts weigh; with `--json` on stdout. */
export const build: Command<BuildOptions> = async ({ json = false }, io) => {
  const project = await readProject(io.cwd);
  await checkSam(project.root, io);
  const artifact = await buildArtifact(projectBuild(project.root), io);
  const weighed = await weighZips(artifact, io.signal);
  if (json) io.stdout.write(`${JSON.stringify(weightsJson(weighed), null, 2)}\n`);
  else printWeights(weighed, io);
  return 0;
};
