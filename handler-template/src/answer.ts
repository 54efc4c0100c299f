import { hooks } from './customize.ts';
import type { Hook, HookContext, Incoming, Steps } from './hooks.ts';
import { wishOf } from './request.ts';
import { run } from './session.ts';
import type { Answer, Task } from './task-types.ts';
import type { Feeds, Results } from './tensors.ts';
import { countFailure, countPrediction, timed } from './telemetry.ts';

/**
 * A request's way through task, hooks and model; keeps count.
 *
 * @param read gets at the request; that it can't is counted too
 * @throws ServiceError what the client is told; anything else is ours
 */
export async function answer(task: Task<unknown>, read: () => Incoming, context: HookContext): Promise<Answer> {
  try {
    const given = await perform(task, read(), context);
    countPrediction();
    return given;
  } catch (error) {
    countFailure(error);
    throw error;
  }
}

async function perform(task: Task<unknown>, incoming: Incoming, context: HookContext): Promise<Answer> {
  const wish = await wishOf(task, await through('beforeDecoding', incoming, context), context.accept);
  const feeds = await timed('PreprocessingTime', () => task.toFeeds(wish));
  const fed = await through('beforeInference', feeds, context);
  const results = await timed('InferenceTime', () => runFor(task, fed, wish));
  const given = await task.toAnswer(await through('afterInference', results, context), wish);
  return through('beforeAnswering', given, context);
}

async function runFor(task: Task<unknown>, feeds: Feeds, wish: unknown): Promise<Results> {
  try {
    return await run(feeds, task.outputs(wish));
  } catch (error) {
    throw task.runFailed?.(error, wish) ?? error;
  }
}

/** The value as customize.ts leaves it. */
async function through<Step extends keyof Steps>(
  step: Step,
  value: Steps[Step],
  context: HookContext,
): Promise<Steps[Step]> {
  const hook: Hook<Steps[Step]> | undefined = hooks[step];
  return (await hook?.(value, context)) ?? value;
}
