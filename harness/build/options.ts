import type { BuildOptions } from 'esbuild';
import { invalid, listAt, textAt, type Mapping } from '../template/values.ts';

type Read = (value: unknown, where: string) => unknown;

const text: Read = textAt;
const texts: Read = (value, where) => listAt(value, where).map((item) => textAt(item, where));
const commas: Read = (value, where) => (Array.isArray(value) ? texts(value, where) : textAt(value, where).split(','));
const flag: Read = (value, where) => {
  if (value === true || value === 'true') return true;
  if (value === false || value === 'false') return false;
  throw invalid(where, `${JSON.stringify(value)} is not allowed here.`, 'true or false');
};
const flagOrText: Read = (value, where) => (typeof value === 'boolean' ? value : textAt(value, where));
/** `.js=.mjs` as `{ '.js': '.mjs' }` */
const pairs: Read = (value, where) =>
  Object.fromEntries(
    listAt(value, where).map((item) => {
      const [key = '', ...rest] = textAt(item, where).split('=');
      return [key, rest.join('=')];
    }),
  );

/** SAM's names of BuildProperties, esbuild's names of the same, and how the value is read. */
const OPTIONS: Readonly<Record<string, readonly [keyof BuildOptions, Read]>> = {
  Alias: ['alias', pairs],
  Banner: ['banner', pairs],
  Charset: ['charset', text],
  Conditions: ['conditions', commas],
  Define: ['define', pairs],
  Drop: ['drop', texts],
  External: ['external', texts],
  Footer: ['footer', pairs],
  Format: ['format', text],
  Inject: ['inject', texts],
  KeepNames: ['keepNames', flag],
  LegalComments: ['legalComments', text],
  Loader: ['loader', pairs],
  MainFields: ['mainFields', commas],
  Minify: ['minify', flag],
  OutExtension: ['outExtension', pairs],
  Packages: ['packages', text],
  Pure: ['pure', texts],
  ResolveExtensions: ['resolveExtensions', commas],
  Sourcemap: ['sourcemap', flagOrText],
  SourcesContent: ['sourcesContent', flag],
  Splitting: ['splitting', flag],
  Target: ['target', commas],
  TreeShaking: ['treeShaking', flag],
};

/** BuildProperties that say something to SAM, not to esbuild, or that SAM sets itself. */
const IGNORED = new Set(['EntryPoints', 'UseNpmCi', 'Bundle', 'Platform', 'Outdir']);

/** What SAM's builder passes where the template says nothing. */
const DEFAULTS: BuildOptions = { target: 'es2020', format: 'cjs', minify: true };

/**
 * esbuild's options for a template's BuildProperties, as `sam build` would call it.
 *
 * @throws ToolError TEMPLATE_INVALID for a property that SAM or esbuild does not know
 */
export function esbuildOptions(properties: Mapping, where: string): BuildOptions {
  const said = Object.entries(properties).flatMap(([name, value]) => {
    if (IGNORED.has(name)) return [];
    const option = Object.hasOwn(OPTIONS, name) ? OPTIONS[name] : undefined;
    if (!option) throw invalid(`${where}.${name}`, 'This is not a build property.', Object.keys(OPTIONS).join(', '));
    const [esbuildName, read] = option;
    return [[esbuildName, read(value, `${where}.${name}`)] as const];
  });
  return { ...DEFAULTS, ...Object.fromEntries(said), bundle: true, platform: 'node' };
}
