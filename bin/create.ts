import { createProgram } from '../generator/commands/create-program.ts';
import { main } from './main.ts';

await main(createProgram);
