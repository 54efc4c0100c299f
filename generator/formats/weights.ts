import { fromBinary } from '@bufbuild/protobuf';
import { createHash } from 'node:crypto';
import { externalLocations } from '../model/external.ts';
import { ModelProtoSchema } from '../model/onnx_pb.ts';
import { withFile } from '../model/open-file.ts';
import { readSkeleton } from '../model/skeleton.ts';
import { folderOf, inFolder } from './paths.ts';
import type { Tree } from './source.ts';

/** Files of the tree that the model keeps weights in. A model that can't be read has none here: whoever reads it next says why. */
export function weightPaths(tree: Tree, model: string, modelFile: string): string[] {
  try {
    const skeleton = withFile(modelFile, (fd, size) =>
      readSkeleton(fd, size, createHash('sha256'), { irVersion: undefined }),
    );
    const locations = externalLocations(fromBinary(ModelProtoSchema, skeleton));
    return locations
      .map((location) => inFolder(folderOf(model), location.replace(/^(\.\/)+/, '')))
      .filter((path) => tree.files.has(path));
  } catch {
    return [];
  }
}
