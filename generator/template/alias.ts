/** Alias that the API and direct invokes call; deployments move it. */
export const ALIAS = 'live';
