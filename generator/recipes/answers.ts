import { ToolError } from '../errors.ts';
import type { Given } from '../questions/collect.ts';
import { flagName, type AnswerName } from '../questions/question.ts';
import { questions } from '../questions/table.ts';
import { RECIPES, type Recipe } from './table.ts';

/** The answers of a recipe. @throws ToolError ANSWER_INVALID where there is none of that name */
export function answersOfRecipe(name: string): Given {
  const recipe = Object.hasOwn(RECIPES, name) ? RECIPES[name] : undefined;
  if (recipe) return recipe.answers;
  throw new ToolError('ANSWER_INVALID', {
    what: `--recipe can't be ${JSON.stringify(name)}.`,
    where: '--recipe',
    expected: `one of ${Object.keys(RECIPES).join(', ')}`,
  });
}

/**
 * A recipe's answers as the flags that they stand for.
 *
 * @example flagsOf(RECIPES.toolkit) // ['--model-source s3', '--model-bucket stack']
 */
export function flagsOf({ answers }: Pick<Recipe, 'answers'>): readonly string[] {
  return (Object.entries(answers) as [AnswerName, string][]).map(([name, text]) => {
    const { kind, flag, negative = '' } = questions[name];
    if (kind === 'confirm') return text === 'yes' ? flag : negative;
    return `${flagName(questions[name])} ${/^[\w=./,:-]+$/.test(text) ? text : `'${text}'`}`;
  });
}

/** For `--help`: each recipe, what it is, and the flags that it stands for. */
export function recipesHelp(): string {
  const lines = Object.entries(RECIPES).map(
    ([name, recipe]) => `  ${name}: ${recipe.title}\n    ${flagsOf(recipe).join(' ')}\n    ${recipe.page}\n`,
  );
  return `\nRecipes (--recipe NAME stands for flags; what you give besides wins):\n${lines.join('')}`;
}
