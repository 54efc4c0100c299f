import type { Blueprint } from '../../generator/blueprint.ts';

export type Architecture = Blueprint['function']['architecture'];

/** What runs in a container on this machine without emulation. */
export const hostArchitecture = (): Architecture => (process.arch === 'arm64' ? 'arm64' : 'x86_64');

/** npm's word for it, as .npmrc has it. */
export const NPM_CPU: Readonly<Record<Architecture, string>> = { arm64: 'arm64', x86_64: 'x64' };
