/** One thing about the API that is another now, as somebody who reviews it for its clients would put it. */
export interface Change {
  readonly kind: 'breaking' | 'compatible';
  /** What it is about: `input x`, `POST /predict: request.top`, `auth of prod`. */
  readonly at: string;
  /** What changed: `float32 → int64`. */
  readonly what: string;
  /** What that means to clients. */
  readonly why: string;
}

export const breaking = (at: string, what: string, why: string): Change => ({ kind: 'breaking', at, what, why });
export const compatible = (at: string, what: string, why: string): Change => ({ kind: 'compatible', at, what, why });

/** Whether requests or answers are compared: more may be taken, less may be given. */
export type Side = 'request' | 'answer';

export const breaks = (changes: readonly Change[]): boolean => changes.some(({ kind }) => kind === 'breaking');
