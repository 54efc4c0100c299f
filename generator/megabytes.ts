/** Bytes as people read them, in the units that Lambda counts in: `26.6 MB` (of 1024 × 1024), `41.3 kB` below one. */
export function megabytes(bytes: number): string {
  if (bytes < 1024) return `${bytes} bytes`;
  return bytes < 1_048_576 ? `${(bytes / 1024).toFixed(1)} kB` : `${(bytes / 1_048_576).toFixed(1)} MB`;
}

/** Bytes against a limit: `39.1 kB (0.08 % of 50.0 MB)`. */
export function shareOf(bytes: number, limit: number): string {
  const share = (100 * bytes) / limit;
  return `${megabytes(bytes)} (${share.toFixed(share < 1 ? 2 : 0)} % of ${megabytes(limit)})`;
}
