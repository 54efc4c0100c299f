import { printBlueprint } from '../../../generator/create.ts';
import { blueprintText } from '../../../generator/update/blueprint-text.ts';
import { parseYaml } from '../../../generator/yaml.ts';
import { digits, variants } from '../template/blueprints.ts';

const more = { ...digits, function: { ...digits.function, memory: 2048 } };

test.each(Object.entries(variants))('%s: the same Blueprint leaves the text as it is', (_, blueprint) => {
  for (const before of [printBlueprint(blueprint), JSON.stringify(blueprint), `# mine\n${printBlueprint(blueprint)}`])
    expect(blueprintText(before, blueprint, printBlueprint)).toBe(before);
});

test('what nobody wrote in is written anew', () => {
  expect(blueprintText(printBlueprint(digits), more, printBlueprint)).toBe(printBlueprint(more));
});

test('comments stay, and only what changed is another', () => {
  const before = printBlueprint(digits).replace('memory: 1024', 'memory: 1024 # not less').replace(/^/, '# Ours.\n');
  const { megapixels, ...lambda } = more.function;
  const after = blueprintText(before, { ...more, function: lambda }, printBlueprint);
  expect(after).toBe(
    before.replace('memory: 1024 # not less', 'memory: 2048 # not less').replace(`  megapixels: ${megapixels}\n`, ''),
  );
  expect(parseYaml(after, 'onnx-lambda.yaml')).toEqual({ ...more, function: lambda });
});

test('a project of version 1 is brought up to date', () => {
  const { protocol, ...old } = digits;
  const before = `# mine\n${printBlueprint({ ...old, version: 1 })}`;
  expect(parseYaml(blueprintText(before, digits, printBlueprint), 'f')).toEqual({ ...old, protocol });
});
