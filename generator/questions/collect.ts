import { ToolError } from '../errors.ts';
import type { Answers } from './answers.ts';
import type { Context } from './context.ts';
import { check, flagName, type AnswerName, type Question } from './question.ts';
import type { TaskKind } from '../tasks/settings.ts';
import { afterTask, ANSWER_NAMES, BEFORE_MODEL, questions } from './table.ts';

/** What flags said, as text, before it is checked. */
export type Given = Readonly<Partial<Record<AnswerName, string>>>;

/** Puts one question to a person and answers with a value that passed `check`. */
export type Ask = <Value>(question: Question<Value>, context: Context) => Promise<Value | undefined>;

interface Problem {
  readonly flag: string;
  readonly given: string;
  readonly expected: string;
}

/** Every flag that is wrong on its face, before any file is read. @throws ToolError ANSWER_INVALID naming each */
export function checkGiven(given: Given, context: Context): void {
  const problems = ANSWER_NAMES.flatMap((name): Problem[] => {
    const text = given[name];
    if (text === undefined) return [];
    const checked = check(questions[name] as Question<unknown>, text, context);
    return 'expected' in checked ? [{ flag: flagName(questions[name]), given: text, expected: checked.expected }] : [];
  });
  refuse(problems);
}

/** Flags that mean nothing for the task. @throws ToolError ANSWER_INVALID naming each */
export function checkMeant(given: Given, task: TaskKind): void {
  const meant: readonly AnswerName[] = [...BEFORE_MODEL, 'task', ...afterTask(task)];
  refuse(
    ANSWER_NAMES.filter((name) => given[name] !== undefined && !meant.includes(name)).map((name) => ({
      flag: flagName(questions[name]),
      given: given[name] ?? '',
      expected: `nothing: the task ${task} has no use for it`,
    })),
  );
}

/**
 * Answers for `names`, in order: the flag, else what the project has already, else the person, else the default. Nobody is asked where `ask` is undefined.
 *
 * @throws ToolError ANSWERS_MISSING naming every missing flag; ANSWER_INVALID naming every wrong one
 */
export async function collect(
  names: readonly AnswerName[],
  given: Given,
  start: Context,
  ask: Ask | undefined,
): Promise<Context> {
  const answers: Partial<Answers> = { ...start.answers };
  const context: Context = { ...start, answers };
  const problems: Problem[] = [];
  const missing: string[] = [];

  async function settle<Name extends AnswerName>(name: Name): Promise<void> {
    const question: Question<Answers[Name]> = questions[name];
    const text = given[name];
    if (text !== undefined) {
      const checked = check(question, text, context);
      if ('value' in checked) answers[name] = checked.value;
      else problems.push({ flag: flagName(question), given: text, expected: checked.expected });
      return;
    }
    const kept = keptAnswer(question, context.kept?.[name] as Answers[Name] | undefined, context);
    const value = kept ?? (ask && question.asked(context) ? await ask(question, context) : question.fallback(context));
    if (value !== undefined) answers[name] = value;
    else if (question.required) missing.push(question.flag);
  }

  for (const name of names) await settle(name);
  if (missing.length > 0)
    throw new ToolError('ANSWERS_MISSING', {
      what: `Nobody can be asked here, and ${missing.length === 1 ? 'this is' : 'these are'} missing: ${missing.join(', ')}`,
      expected: 'create-onnx-lambda DIR --model FILE --yes',
      next: 'create-onnx-lambda --help',
    });
  refuse(problems);
  return context;
}

/** An answer that a project has already, unless it does not fit any more. */
function keptAnswer<Value>(question: Question<Value>, kept: Value | undefined, context: Context): Value | undefined {
  const checked = kept === undefined ? undefined : check(question, question.print(kept), context);
  return checked && 'value' in checked ? checked.value : undefined;
}

function refuse(problems: readonly Problem[]): void {
  const [first] = problems;
  if (!first) return;
  const line = ({ flag, given, expected }: Problem): string => `${flag} ${JSON.stringify(given)}: expected ${expected}`;
  throw new ToolError('ANSWER_INVALID', {
    what:
      problems.length === 1
        ? `${first.flag} can't be ${JSON.stringify(given(first))}.`
        : `${problems.length} answers can't be taken.`,
    where: problems.length === 1 ? first.flag : problems.map(line).join('\n            '),
    ...(problems.length === 1 && { expected: first.expected }),
  });
}

/** A very long answer is not worth printing whole. */
function given({ given: text }: Problem): string {
  return text.length > 80 ? `${text.slice(0, 80)}… (${text.length} characters)` : text;
}
