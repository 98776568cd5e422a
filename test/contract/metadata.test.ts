import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { generatedFiles } from '../../scripts/lib/metadata.ts';
import { actionFolder, root } from '../../scripts/lib/paths.ts';
import { specs, workflowSpecs } from '../../src/actions/specs.ts';
import { INTERFACE } from './interface.ts';

interface ActionYaml {
  readonly inputs: Record<string, { description: string; required: boolean; default?: string }>;
  readonly outputs: Record<string, { description: string }>;
  readonly runs: { using: string; main: string; post?: string };
}

function actionYaml(name: string): ActionYaml {
  return parse(
    readFileSync(
      join(
        root,
        actionFolder(
          name,
          workflowSpecs.some((spec) => spec.name === name),
        ),
        'action.yml',
      ),
      'utf8',
    ),
  ) as ActionYaml;
}

test('there are six actions', () => {
  expect(specs.map((spec) => spec.name).sort()).toEqual(Object.keys(INTERFACE).sort());
});

test.each(generatedFiles().map((file) => [file.path, file.content]))(
  '%s is as the specs say',
  (path, content) => {
    expect(readFileSync(join(root, path), 'utf8')).toBe(content);
  },
);

test.each([...specs, ...workflowSpecs].map(({ name }) => name))(
  '%s: no expression stands in action.yml but as a default; the runner would refuse the whole file',
  (name) => {
    const { inputs, outputs } = actionYaml(name);
    for (const { description } of [...Object.values(inputs), ...Object.values(outputs)]) {
      expect(description).not.toContain('${{');
    }
  },
);

describe.each(specs.map((spec) => [spec.name, spec] as const))('%s', (name, spec) => {
  const yaml = actionYaml(name);

  test('action.yml has the inputs and outputs of the spec, in the same order', () => {
    expect(Object.keys(yaml.inputs)).toEqual(Object.keys(spec.inputs));
    expect(Object.keys(yaml.outputs)).toEqual(Object.keys(spec.outputs));
  });

  test('every published name is there', () => {
    const fixed = INTERFACE[name];
    expect(Object.keys(spec.inputs)).toEqual(expect.arrayContaining([...(fixed?.inputs ?? [])]));
    expect(Object.keys(spec.outputs)).toEqual(expect.arrayContaining([...(fixed?.outputs ?? [])]));
    const required = Object.entries(spec.inputs).filter(([, input]) => input.required);
    expect(required.map(([key]) => key).sort()).toEqual([...(fixed?.required ?? [])].sort());
  });

  test('every input and output is described in a sentence', () => {
    const descriptions = [
      ...Object.values(spec.inputs).map((i) => i.description),
      ...Object.values(spec.outputs),
    ];
    for (const description of descriptions) expect(description).toMatch(/^[A-Z`sapcur].{8,}[.:`]$|\.$/s);
  });

  test('nothing that ml-deploy.yml may set has a default or is required in action.yml', () => {
    for (const [key, input] of Object.entries(yaml.inputs)) {
      expect(input.required, key).toBe(false);
      if (input.default !== undefined) expect(spec.inputs[key]?.secret, key).toBe(true);
    }
  });

  test('every default of the spec is a value that its parser takes', () => {
    for (const input of Object.values(spec.inputs)) {
      if (input.defaultText !== null) expect(() => input.parse(input.defaultText ?? '')).not.toThrow();
    }
  });

  test('main and post are committed files', () => {
    const folder = join(root, 'actions', name);
    expect(yaml.runs.using).toBe('node24');
    for (const file of [yaml.runs.main, yaml.runs.post]) {
      if (file !== undefined) expect(existsSync(join(folder, file)), file).toBe(true);
    }
    expect(yaml.runs.post !== undefined).toBe(spec.post);
    expect(dirname(yaml.runs.main)).toBe(`../../dist/${name}`);
  });
});
