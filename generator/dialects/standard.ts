import type { Dialect } from './dialect.ts';

/** As the task has it. */
export const standard: Dialect = {
  title: 'as the task has it: {"predictions": […], "model": {…}}',
  misfit: () => undefined,
  files: ['standard'],
  operation: (operation) => operation,
  fixtures: (fixtures) => fixtures,
  readme: (parts) => parts,
};
