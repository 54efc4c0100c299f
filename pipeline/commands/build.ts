import type { Command } from '../../generator/io.ts';
import { buildArtifact, projectBuild } from '../artifact/build.ts';
import { printWeights } from '../artifact/report.ts';
import { readProject } from '../project.ts';
import { checkSam } from '../sam/check.ts';

/** `onnx-lambda build`: the artifact, by `sam build`, and what its parts weigh. */
export const build: Command<object> = async (_options, io) => {
  const project = await readProject(io.cwd);
  await checkSam(project.root, io);
  const artifact = await buildArtifact(projectBuild(project.root), io);
  printWeights(artifact.parts, io);
  return 0;
};
