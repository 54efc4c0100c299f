import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import prettier from 'prettier';
import ts from 'typescript';
import type { Blueprint } from '../../generator/blueprint.ts';
import { packageFile } from '../../generator/package-files.ts';
import { MODEL_SOURCE_FILE, modelSource } from '../../swagger/model-source.ts';
import { apiSchemas } from '../../swagger/schemas.ts';
import { digits, ODD_DESCRIPTION, predict } from '../generator/template/blueprints.ts';

/** The constants of a generated module, read by running it. */
function constantsOf(source: string): { model: unknown; schemas: unknown } {
  const { outputText } = ts.transpileModule(source, { compilerOptions: { module: ts.ModuleKind.ESNext } });
  const body = outputText.replaceAll('export const', 'const').replaceAll('export {};', '');
  return new Function(`${body}; return { model, schemas };`)() as { model: unknown; schemas: unknown };
}

const PRETTIER = { parser: 'typescript', printWidth: 120, singleQuote: true } as const;

test("the handler's committed model.ts is what the generator writes for the digits service", () => {
  expect(readFileSync(packageFile(`handler-template/${MODEL_SOURCE_FILE}`), 'utf8')).toBe(modelSource(digits, predict));
});

test("the source holds the blueprint's model and swagger.yaml's schemas", () => {
  const { model, schemas } = constantsOf(modelSource(digits, predict));
  expect(schemas).toStrictEqual(apiSchemas(predict));
  expect(model).toStrictEqual({
    name: 'digits',
    version: '1',
    task: digits.task,
    inputs: digits.model.inputs,
    outputs: digits.model.outputs,
    limits: { megapixels: 24 },
    protocol: true,
  });
});

const named = (name: string, dims: (number | string | null)[], rescaleFactor: number): Blueprint => {
  const tensor = { name, elementType: 'float32' as const, dims };
  const preprocessing = { ...digits.task.preprocessing, rescaleFactor };
  return {
    ...digits,
    model: { ...digits.model, name, inputs: [tensor], outputs: [tensor, tensor] },
    task: { ...digits.task, preprocessing },
  };
};

const factor = fc.double({ noNaN: true, noDefaultInfinity: true });
const dimsOf = (name: fc.Arbitrary<string>) =>
  fc.array(fc.oneof(fc.integer({ min: 1 }), name, fc.constant(null)), { maxLength: 6 });

test('whatever a model is called, the source says it', () => {
  const name = fc.oneof(
    fc.string({ maxLength: 150, unit: 'binary' }),
    fc.constantFrom(ODD_DESCRIPTION, "it's", `"'`, '*/', '\u2028', '${x}', '`', 'a\\', '__proto__', '\ud800'),
  );
  fc.assert(
    fc.property(name, dimsOf(name), factor, (text, dims, number) => {
      const blueprint = named(text, dims, number);
      const { model } = constantsOf(modelSource(blueprint, predict));
      const { inputs, outputs } = blueprint.model;
      expect(model).toStrictEqual({
        name: text,
        version: '1',
        task: blueprint.task,
        inputs,
        outputs,
        limits: { megapixels: 24 },
        protocol: true,
      });
    }),
  );
});

test('whatever a model is called, the source is laid out as Prettier would', async () => {
  const name = fc.string({ maxLength: 150, unit: 'grapheme-ascii' });
  await fc.assert(
    fc.asyncProperty(name, dimsOf(fc.string({ maxLength: 30 })), factor, async (text, dims, number) => {
      const source = modelSource(named(text, dims, number), predict);
      expect(await prettier.format(source, PRETTIER)).toBe(source);
    }),
    { numRuns: 40 },
  );
});
