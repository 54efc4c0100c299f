import type { Given } from '../questions/collect.ts';
import type { Context } from '../questions/context.ts';
import { check } from '../questions/question.ts';
import { questions } from '../questions/table.ts';
import type { ExamineOptions } from '../tasks/examine.ts';

/** What flags, or the project that is there already, say of the task and the size, so that the model is tried that way. */
export function wishes({ task, size }: Given, context: Context): Pick<ExamineOptions, 'task' | 'size'> {
  const checked = size === undefined ? undefined : check(questions.size, size, context);
  const [width, height] = (checked && 'value' in checked ? checked.value : context.kept?.size) ?? [];
  return {
    task: task ?? context.kept?.task,
    ...(width !== undefined && height !== undefined && { size: { width, height } }),
  };
}
