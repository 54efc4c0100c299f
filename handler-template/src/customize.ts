import type { Hooks } from './hooks.ts';

/**
 * Yours: what happens to a request on its way, besides what this project was made for. Written once and never overwritten.
 * hooks.ts says what each hook gets and what it may return; all of them may be async.
 */
export const hooks: Hooks = {
  // beforeDecoding: (request, { requestId }) => {
  //   logger.info('request', { requestId, kind: request.kind });
  // },
  // beforeInference: (feeds) => new Map([...feeds, ['threshold', { type: 'float32', data: Float32Array.of(0.5), dims: [1] }]]),
  // afterInference: (results) => {
  //   if (results.size === 0) throw new ServiceError('RESULT_UNEXPECTED', 'The model gave nothing.');
  // },
  // beforeAnswering: (answer) =>
  //   answer.kind === 'json' ? { ...answer, body: { ...answer.body, answeredAt: new Date().toISOString() } } : answer,
};
