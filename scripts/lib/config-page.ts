/** The reference of ml-deploy.yml: a row for each key, from the specs that its JSON Schema is made of. */
import { parse } from 'yaml';
import { specs } from '../../src/actions/specs.ts';
import { environmentKeys } from '../../src/core/config/environment-keys.ts';
import { commonInputs, type ActionSpec } from '../../src/core/spec/action-spec.ts';
import { isGroup, memberPath } from '../../src/core/spec/group.ts';
import type { Input } from '../../src/core/spec/input.ts';
import { offeredPlatforms } from '../../src/platforms/table.ts';
import { EXAMPLES } from './config-examples.ts';

/** A key that one writes into ml-deploy.yml. */
export interface ConfigKey {
  /** With its group in front for a member: `lambda: memory-mb`. */
  readonly name: string;
  /** What its table is about: an action, a group's platform, or the environment itself. */
  readonly section: string;
  readonly where: string;
  readonly kind: string;
  readonly fallback: string;
  readonly targets: string;
  /** As one writes it after the key. */
  readonly example: string;
  readonly description: string;
}

const ANY = 'any level';
const SELECTORS = new Set<string>(Object.keys(commonInputs));

/** What ml-deploy.yml may set: no secrets, and not what selects its parts. */
export function settable(spec: ActionSpec): [string, Input<unknown>][] {
  return Object.entries(spec.inputs).filter(([name, input]) => !input.secret && !SELECTORS.has(name));
}

export function configKeys(): ConfigKey[] {
  const own = Object.entries(environmentKeys as Readonly<Record<string, Input<unknown>>>).map(
    ([name, input]) =>
      keyOf(name, input, { section: 'environments', where: '`environments`', targets: 'all' }),
  );
  const plain = specs.flatMap((spec) =>
    settable(spec)
      .filter(([name, input]) => !isGroup(input) && (input.belowActionOnly || isFirst(spec, name)))
      .map(([name, input]) => {
        const where = input.belowActionOnly ? `${ANY}, below \`${spec.name}:\`` : ANY;
        return keyOf(name, input, { section: spec.name, where, targets: targetsOf(spec.name, name) });
      }),
  );
  return [...own, ...plain, ...members()];
}

/** A plain key reaches every action that has it, so it is listed once: with the first. */
function isFirst(spec: ActionSpec, name: string): boolean {
  return specs.find(({ inputs }) => inputs[name] !== undefined && !inputs[name].belowActionOnly) === spec;
}

function members(): ConfigKey[] {
  const groups = specs.flatMap((spec) =>
    settable(spec).flatMap(([name, input]) =>
      isGroup(input) ? Object.entries(input.members).map(([key, member]) => ({ name, key, member })) : [],
    ),
  );
  const seen = new Set<string>();
  return groups
    .filter(({ name, key }) => !seen.has(memberPath(name, key)) && seen.add(memberPath(name, key)))
    .map(({ name, key, member }) =>
      keyOf(memberPath(name, key), member, {
        section: name,
        where: `${ANY}, below \`${name}:\``,
        targets: `\`${name}\``,
      }),
    )
    .sort((a, b) => sectionOrder(a) - sectionOrder(b));
}

function sectionOrder({ section }: ConfigKey): number {
  return offeredPlatforms.findIndex(({ name }) => name === section);
}

/** The actions that work on a target; what another one reads, it reads for all of them. */
const OF_TARGETS = ['deploy-endpoint', 'smoke-test'];

function targetsOf(action: string, name: string): string {
  if (!OF_TARGETS.includes(action)) return 'all';
  const readers = offeredPlatforms.filter(({ inputs }) => inputs.reads.includes(name));
  if (readers.length === 0 || readers.length === offeredPlatforms.length) return 'all';
  return readers.map((platform) => `\`${platform.name}\``).join(', ');
}

function keyOf(
  name: string,
  input: Input<unknown>,
  place: Pick<ConfigKey, 'section' | 'where' | 'targets'>,
): ConfigKey {
  const fallback = input.required
    ? '**required**'
    : input.defaultText === null
      ? ''
      : `\`${input.defaultText}\``;
  const example = exampleOf(name, input);
  return { ...place, name, kind: input.kind, fallback, example, description: describe(name, input) };
}

/** What an action means by a key, and what others mean by it that say it in other words. */
function describe(name: string, { description, belowActionOnly }: Input<unknown>): string {
  if (belowActionOnly) return description;
  const others = specs.flatMap((spec) => {
    const other = spec.inputs[name];
    const differs = other !== undefined && !other.belowActionOnly && other.description !== description;
    return differs ? [`${spec.name}: ${other.description}`] : [];
  });
  return [description, ...others].join(' ');
}

/** @throws Error for a key without an example, and for one that its input refuses. */
function exampleOf(name: string, input: Input<unknown>): string {
  const example = EXAMPLES[name] ?? chosen(input);
  if (example === null) throw new Error(`scripts/lib/config-examples.ts has no example for "${name}".`);
  const value: unknown = parse(example);
  // As ml-deploy.yml hands values to inputs.
  const text = Array.isArray(value)
    ? value.join('\n')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value);
  try {
    input.parse(text);
  } catch (error) {
    throw new Error(`The example for "${name}", ${example}, ${(error as Error).message}`, { cause: error });
  }
  return example;
}

/** Of a few fixed values, the first that is not the default; of numbers, the least that is allowed. */
function chosen({ kind, defaultText, schema }: Input<unknown>): string | null {
  if (kind === 'integer' || kind === 'number') return String(Number(schema.minimum ?? schema.maximum ?? 1));
  if (!/^[^ ]+(\\\|[^ ]+)+$/.test(kind)) return null;
  return kind.split('\\|').find((value) => value !== defaultText) ?? null;
}

/** The tables, each below a heading. */
export function configTables(
  table: (header: readonly string[], rows: readonly string[][]) => string,
): string {
  const keys = configKeys();
  return [...new Set(keys.map(({ section }) => section))]
    .map((section) => {
      const rows = keys
        .filter((key) => key.section === section)
        .map((key) => [
          `\`${key.name.replace(`${section}: `, '')}\``,
          key.where,
          key.kind,
          key.fallback,
          key.targets,
          `\`${key.example.replaceAll('|', '\\|')}\``,
          key.description.replaceAll('|', '\\|'),
        ]);
      const header = ['Key', 'Where', 'Value', 'Default', 'Targets', 'Example', 'What it is'];
      return `### ${titleOf(section)}\n\n${table(header, rows)}`;
    })
    .join('\n\n');
}

function titleOf(section: string): string {
  const platform = offeredPlatforms.find(({ name }) => name === section);
  if (platform !== undefined) return `\`${section}:\``;
  return section === 'environments' ? 'An environment' : section;
}
