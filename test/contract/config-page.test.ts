/** docs/ml-deploy-yml.md: each key that the schema takes has a row, and each example is a valid file. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { configKeys, type ConfigKey } from '../../scripts/lib/config-page.ts';
import { root } from '../../scripts/lib/paths.ts';
import { specs } from '../../src/actions/specs.ts';
import { platformNames } from '../../src/platforms/table.ts';

interface Schema {
  readonly properties?: Readonly<Record<string, Schema>>;
}

const schema = JSON.parse(readFileSync(join(root, 'ml-deploy.schema.json'), 'utf8')) as {
  $defs: { environment: Required<Schema> };
};
const page = readFileSync(join(root, 'docs/ml-deploy-yml.md'), 'utf8');
const keys = configKeys();
const ACTIONS = specs.map(({ name }) => name);

/** The names of the schema, as the page writes them. */
function namesOf(properties: Readonly<Record<string, Schema>>): string[] {
  return Object.entries(properties).flatMap(([name, { properties: inner }]) =>
    ACTIONS.includes(name) || inner === undefined
      ? [name]
      : Object.keys(inner).map((key) => `${name}: ${key}`),
  );
}

/** The example as it stands in an environment. */
function asFile({ name, section, where, example }: ConfigKey): string {
  const inner = name.replace(`${section}: `, '');
  const isBelow = where.includes('below');
  return `environments:\n  dev:\n${isBelow ? `    ${section}:\n      ` : '    '}${inner}: ${example}\n`;
}

test('each key of the schema has one row, and no row is about another', () => {
  const { environment } = schema.$defs;
  const plain = namesOf(environment.properties).filter((name) => !ACTIONS.includes(name));
  const rows = keys.filter(({ where, section }) => !where.includes('below') || !ACTIONS.includes(section));
  expect(rows.map(({ name }) => name).sort()).toEqual(plain.sort());
  const below = keys.filter(({ where, section }) => where.includes('below') && ACTIONS.includes(section));
  for (const { name, section } of below)
    expect(environment.properties[section]?.properties).toHaveProperty([name]);
  const onlyBelow = ACTIONS.flatMap((action) =>
    Object.keys(environment.properties[action]?.properties ?? {}).filter(
      (name) => environment.properties[name] === undefined,
    ),
  );
  expect(below.map(({ name }) => name)).toEqual(expect.arrayContaining(onlyBelow));
});

describe('the examples', () => {
  const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true }).compile(schema);

  test.each(keys.map((key) => [key.name, key] as const))('%s is taken by the schema', (_, key) => {
    expect(validate(parse(asFile(key))), JSON.stringify(validate.errors)).toBe(true);
  });
});

test('the page names every target, and every row of it', () => {
  for (const name of platformNames) expect(page).toContain(`\`${name}\``);
  for (const { example } of keys) expect(page).toContain(`\`${example.replaceAll('|', '\\|')}\``);
});
