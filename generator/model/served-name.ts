/** What no JavaScript object gets as a member of its own by assignment, and so no result of the runtime. */
export const RESERVED = '__proto__';
/** As no exporter would name a value. */
const SERVED = '__proto__:served as';

/** The name that an output has in the file that is served; the handler's session.ts knows it too. */
export const servedName = (name: string): string => (name === RESERVED ? SERVED : name);

/** The name that callers see. */
export const declaredName = (name: string): string => (name === SERVED ? RESERVED : name);
