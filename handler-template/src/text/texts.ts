import { ServiceError } from '../errors.ts';

/** One text, or several. */
export type TextRequest = { readonly text: string } | { readonly texts: readonly string[] };

/** Characters of all texts of a request: more take a tokenizer seconds, and no model reads them. */
export const MOST_CHARACTERS = 100_000;

/**
 * The texts that a client sent.
 *
 * @param unfit what a text may not contain
 * @throws ServiceError PAYLOAD_TOO_LARGE, INVALID_REQUEST
 */
export function textsOf(request: TextRequest, unfit: RegExp): readonly string[] {
  const texts = 'text' in request ? [request.text] : request.texts;
  const characters = texts.reduce((sum, text) => sum + text.length, 0);
  if (characters > MOST_CHARACTERS) {
    throw new ServiceError(
      'PAYLOAD_TOO_LARGE',
      `There are ${characters} characters, and ${MOST_CHARACTERS} are taken in a request.`,
    );
  }
  if (texts.some((text) => unfit.test(text))) {
    throw new ServiceError('INVALID_REQUEST', 'A text has a character that is none: half a surrogate pair, or NUL.');
  }
  return texts;
}
