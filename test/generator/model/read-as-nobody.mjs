// Reads a model as a user who may not, which root has to become first. Prints the error's code.
import { readModel } from '../../../dist/generator/model/read.js';

if (process.geteuid?.() === 0) {
  process.setegid(65534);
  process.seteuid(65534);
}
process.stdout.write(
  await readModel(process.argv[2]).then(
    () => 'read',
    ({ code }) => code,
  ),
);
