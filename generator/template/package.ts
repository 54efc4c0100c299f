import type { Blueprint } from '../blueprint.ts';
import { handlerOf } from '../tasks/table.ts';
import { ref } from './cloudformation.ts';
import type { Parts } from './parts.ts';

/** What is deployed: how the function is built, and where its code is. */
export function packageParts({ task }: Blueprint): Parts {
  return {
    layers: [ref('RuntimeLayer')],
    metadata: {
      BuildMethod: 'esbuild',
      BuildProperties: {
        EntryPoints: ['handler.ts'],
        Format: 'esm',
        Target: 'node24',
        OutExtension: ['.js=.mjs'],
        External: handlerOf(task).runtime,
        Minify: true,
        Sourcemap: true,
        // As text: SAM drops a flag that is the boolean false, and the map is four fifths of the zip with the sources in it.
        SourcesContent: 'false',
      },
    },
    properties: { CodeUri: 'src/', Handler: 'handler.handler', Runtime: 'nodejs24.x' },
  };
}
