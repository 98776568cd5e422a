/** An input that nothing reads is a promise that nobody keeps. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from '@typescript-eslint/parser';
import { describe, expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { specs, workflowSpecs } from '../../src/actions/specs.ts';
import { camelCase, commonInputs } from '../../src/core/spec/action-spec.ts';
import { isGroup } from '../../src/core/spec/group.ts';
import { platforms } from '../../src/platforms/table.ts';

/** Files that only declare or judge inputs: what nobody else reads has no effect. */
const NO_READERS = [
  /(^|\/)(spec|facts|unused-inputs|check-rules|rules|[a-z]+-rules)\.ts$/,
  /^src\/actions\/(deploy-endpoint|smoke-test)\/check-inputs\.ts$/,
  /^src\/platforms\/[a-z-]+\/inputs\.ts$/,
];

/** The names of members that the sources of a folder take from anything: `x.name`, or `{ name } = x`. */
function namesRead(folder: string): Set<string> {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
  const names = new Set<string>();
  for (const path of files.filter((file) => file.endsWith('.ts')).map((file) => `${folder}/${file}`)) {
    if (NO_READERS.some((pattern) => pattern.test(path))) continue;
    walk(parse(readFileSync(join(root, path), 'utf8'), { range: true, tsconfigRootDir: root }), names);
  }
  return names;
}

interface AnyNode {
  readonly type?: string;
  readonly [key: string]: unknown;
}

function walk(node: unknown, names: Set<string>): void {
  if (Array.isArray(node)) for (const item of node) walk(item, names);
  if (typeof node !== 'object' || node === null) return;
  const { type, property, computed, properties } = node as AnyNode;
  if (type === 'MemberExpression' && computed !== true) names.add((property as { name: string }).name);
  if (type === 'ObjectPattern') {
    for (const { key } of properties as { key?: { name?: string } }[]) if (key?.name) names.add(key.name);
  }
  for (const [key, value] of Object.entries(node)) if (key !== 'parent') walk(value, names);
}

/** The runner reads them, by name, before the action's own code is there. */
const OF_THE_RUNNER = Object.keys(commonInputs);

describe.each([...specs, ...workflowSpecs].map((spec) => [spec.name, spec] as const))('%s', (name, spec) => {
  const read = namesRead(`src/actions/${name}`);
  const own = Object.entries(spec.inputs).filter(([input, { kind }]) => kind !== 'map' && !OF_THE_RUNNER.includes(input));

  test.each(own.map(([input]) => input))('reads %s', (input) => {
    expect([...read]).toContain(camelCase(input));
  });
}); // prettier-ignore

describe.each(Object.values(platforms).map((platform) => [platform.name, platform] as const))(
  'the group %s',
  (name, { inputs }) => {
    const read = namesRead(`src/platforms/${name}`);
    const members = Object.values(inputs.group).flatMap((group) => Object.keys(group));

    test.each(members)('%s is read by the platform, or by the action as part of a request', (member) => {
      for (const field of fieldsOf(name, member)) expect([...read]).toContain(field);
    });
  },
);

/** What a member becomes in a request; a member that becomes nothing there is read from the group itself. */
function fieldsOf(name: keyof typeof platforms, member: string): string[] {
  const { requestOf } = platforms[name].inputs as unknown as {
    requestOf: (group: Readonly<Record<string, unknown>>) => object;
  };
  const names = Object.values(platforms[name].inputs.group).flatMap((group) => Object.keys(group));
  const nothing = Object.fromEntries(names.map((key) => [camelCase(key), null]));
  const before = leaves(requestOf(nothing));
  const after = leaves(requestOf({ ...nothing, [camelCase(member)]: 'given' }));
  const changed = [...after].filter(([key, value]) => before.get(key) !== value).map(([key]) => key);
  return changed.length === 0 ? [camelCase(member)] : changed.filter((key) => key !== 'modelPackageArn');
}

function leaves(value: object): Map<string, unknown> {
  return new Map(
    Object.entries(value).flatMap(([key, inner]): [string, unknown][] =>
      typeof inner === 'object' && inner !== null ? [...leaves(inner as object)] : [[key, inner]],
    ),
  );
}

test('what a platform says that it reads is an input of an action', () => {
  const known = new Set(specs.flatMap(({ inputs }) => Object.keys(inputs)));
  for (const { inputs } of Object.values(platforms)) {
    for (const input of inputs.reads) expect([...known]).toContain(input);
  }
});

test('every group that an action has stands in a record', () => {
  const groups = specs.flatMap(({ inputs }) => Object.entries(inputs).filter(([, input]) => isGroup(input)));
  for (const [name] of groups) expect(Object.keys(platforms)).toContain(name);
});

test('this finds an input that nothing reads', () => {
  expect([...namesRead('src/actions/smoke-test')]).not.toContain('colour');
});
