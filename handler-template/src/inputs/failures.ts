import { ServiceError } from '../errors.ts';

/** A name that is not there, or a certificate that proves nothing: another URL may be better. Whatever else happens on a network may pass. */
const OF_URL = /^(ENOTFOUND|ENODATA|EAI_NONAME)$|CERT|^UNABLE_TO_|^ERR_TLS|^ERR_SSL|^HOSTNAME_MISMATCH$/;

/** What went wrong on the way, as the client is told; the cause is for the log. */
export function explainDownload(error: unknown, deadline: AbortSignal): ServiceError {
  if (error instanceof ServiceError) return error;
  if (deadline.aborted) return timedOut(error);
  const { code = '' } = error as NodeJS.ErrnoException;
  return OF_URL.test(code)
    ? failed('its host is not there, or does not prove who it is', error)
    : broken('the connection broke', error);
}

/** Nobody is asked for it. */
export function refused(why: string): ServiceError {
  return new ServiceError('URL_REFUSED', `The URL is refused: ${why}.`);
}

/** Asking again changes nothing. */
export function failed(why: string, cause?: unknown): ServiceError {
  return new ServiceError('DOWNLOAD_FAILED', `The URL can not be fetched: ${why}.`, { cause });
}

/** Asking again may help. */
export function broken(why: string, cause?: unknown): ServiceError {
  return new ServiceError('DOWNLOAD_BROKEN', `The URL could not be fetched: ${why}.`, { cause });
}

export function timedOut(cause: unknown): ServiceError {
  return new ServiceError('DOWNLOAD_TIMEOUT', 'The URL could not be fetched in the time there is.', { cause });
}
