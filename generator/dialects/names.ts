/** How requests name their fields, and the shape of answers: rows of `table.ts`. */
export const DIALECTS = ['standard', 'djl', 'pairs', 'message'] as const;
export type DialectName = (typeof DIALECTS)[number];
