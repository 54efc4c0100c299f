import type { Dialect } from './dialect.ts';
import { djl } from './djl.ts';
import { message } from './message.ts';
import type { DialectName } from './names.ts';
import { pairs } from './pairs.ts';
import { standard } from './standard.ts';

/** Every way in which clients may name fields and get answers. */
export const DIALECT_TABLE: Readonly<Record<DialectName, Dialect>> = { standard, djl, pairs, message };
