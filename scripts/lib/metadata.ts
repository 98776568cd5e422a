/**
 * What is generated from the specs: action.yml, the tables in the READMEs, and the JSON Schema of ml-deploy.yml.
 */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { stringify } from 'yaml';
import { specs, workflowSpecs } from '../../src/actions/specs.ts';
import { environmentKeys } from '../../src/core/config/environment-keys.ts';
import { commonInputs, type ActionSpec } from '../../src/core/spec/action-spec.ts';
import { isGroup, memberPath, type Group, type Members } from '../../src/core/spec/group.ts';
import type { Input } from '../../src/core/spec/input.ts';
import { platformNames } from '../../src/platforms/table.ts';
import { configTables, settable as settableInputs } from './config-page.ts';
import { actionFolder, root } from './paths.ts';
import { terraformPolicies } from './terraform-policies.ts';

export interface GeneratedFile {
  /** Relative to the repository's root. */
  readonly path: string;
  readonly content: string;
}

const MADE_BY = 'npm run docs';
/** Started by hand, so it has a list of the platforms to choose from. */
const ROLLBACK = 'examples/workflows/rollback.yml';

export function generatedFiles(): GeneratedFile[] {
  const perAction = [...specs, ...workflowSpecs].flatMap((spec) => {
    const folder = folderOf(spec);
    return [
      { path: `${folder}/action.yml`, content: actionYaml(spec) },
      readme(`${folder}/README.md`, { inputs: inputTable(spec), outputs: outputTable(spec) }),
    ];
  });
  return [
    ...perAction,
    readme('README.md', { actions: actionTable() }),
    readme('docs/ml-deploy-yml.md', { keys: configTables(table) }),
    { path: ROLLBACK, content: withPlatforms(readFileSync(join(root, ROLLBACK), 'utf8')) },
    ...terraformPolicies(),
    { path: 'ml-deploy.schema.json', content: `${JSON.stringify(configSchema(), null, 2)}\n` },
  ];
}

function folderOf(spec: ActionSpec): string {
  return actionFolder(spec.name, workflowSpecs.includes(spec));
}

function withPlatforms(workflow: string): string {
  const options = `options: [${platformNames.join(', ')}]`;
  if (!/\boptions: \[.*\]/.test(workflow)) throw new Error(`${ROLLBACK} has no list of platforms.`);
  return workflow.replace(/\boptions: \[.*\]/, options);
}

function actionYaml(spec: ActionSpec): string {
  const dist = posix.relative(folderOf(spec), `dist/${spec.name}`);
  const runs = {
    using: 'node24',
    main: `${dist}/index.js`,
    ...(spec.post ? { post: `${dist}/post.js`, 'post-if': 'always()' } : {}),
  };
  const document = {
    name: spec.title,
    description: spec.description,
    author: 'ml-deploy',
    branding: spec.branding,
    inputs: mapValues(spec.inputs, (input) => ({
      description: withoutExpressions(inputDescription(spec, input)),
      required: false,
      ...(input.expression === null ? {} : { default: input.expression }),
    })),
    outputs: mapValues(spec.outputs, (description) => ({ description: withoutExpressions(description) })),
    runs,
  };
  const header =
    `# Made from src/actions/${spec.name}/spec.ts by \`${MADE_BY}\`; do not edit.\n` +
    '# There is no `default:` and no `required: true` here, since ml-deploy.yml may set any input: the runner cannot\n' +
    '# tell a default from a given value. The action itself checks what is required.\n';
  return header + stringify(document, { lineWidth: 0 });
}

/** The runner refuses an action.yml with an expression anywhere but in `default:`, even in a quotation. */
function withoutExpressions(description: string): string {
  return description.replace(/\$\{\{\s*(.+?)\s*\}\}/g, '$1');
}

/** The description, and where the input is read from if a plain key of ml-deploy.yml means another action's. */
function fullDescription(spec: ActionSpec, { description, belowActionOnly }: Input<unknown>): string {
  return belowActionOnly ? `${description} In ml-deploy.yml: only below \`${spec.name}:\`.` : description;
}

/** The description with what a reader of action.yml needs beside it. */
function inputDescription(spec: ActionSpec, input: Input<unknown>): string {
  const parts = [fullDescription(spec, input)];
  if (/^[^ ]+(\\\|[^ ]+)+$/.test(input.kind)) parts.push(`One of ${input.kind.replaceAll('\\|', ', ')}.`);
  if (input.required) parts.push('Required, here or in ml-deploy.yml.');
  if (input.defaultText !== null) parts.push(`Default: \`${input.defaultText}\`.`);
  return parts.join(' ');
}

function inputTable(spec: ActionSpec): string {
  const rows = Object.entries(withMembers(spec)).map(([name, input]) => {
    const usual = input.defaultText ?? input.expression;
    const fallback = usual === null ? '' : `\`${usual}\``;
    return [
      `\`${name}\``,
      input.required ? '**required**' : fallback,
      input.kind,
      cell(fullDescription(spec, input)),
    ];
  });
  return table(['Input', 'Default', 'Value', 'What it is'], rows);
}

/** The inputs, each group followed by its members. */
function withMembers({ inputs }: ActionSpec): Record<string, Input<unknown>> {
  const entries = Object.entries(inputs).flatMap(([name, input]): [string, Input<unknown>][] => {
    if (!isGroup(input)) return [[name, input]];
    const members = Object.entries(input.members).map(([key, member]): [string, Input<unknown>] => [
      memberPath(name, key),
      member,
    ]);
    return [[name, input], ...members];
  });
  return Object.fromEntries(entries);
}

function outputTable(spec: ActionSpec): string {
  const rows = Object.entries(spec.outputs).map(([name, description]) => [`\`${name}\``, cell(description)]);
  return table(['Output', 'What it is'], rows);
}

function actionTable(): string {
  const rows = specs.map((spec) => [
    `[${spec.name}](actions/${spec.name}/README.md)`,
    cell(spec.description),
  ]);
  return table(['Action', 'What it does'], rows);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|');
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n');
}

/** Puts each part between its markers; the prose around them is written by hand. */
function readme(path: string, parts: Readonly<Record<string, string>>): GeneratedFile {
  let content = readFileSync(join(root, path), 'utf8');
  for (const [name, part] of Object.entries(parts)) {
    const begin = `<!-- ${name}: made by \`${MADE_BY}\` -->`;
    const end = `<!-- /${name} -->`;
    const [head, tail] = [content.split(begin)[0], content.split(end)[1]];
    if (head === undefined || tail === undefined || !content.includes(begin)) {
      throw new Error(`${path} has no markers "${begin}" and "${end}".`);
    }
    content = `${head}${begin}\n\n${part}\n\n${end}${tail}`;
  }
  return { path, content };
}

/** JSON Schema (2020-12) of ml-deploy.yml, for editors and for anybody's validator. */
function configSchema(): unknown {
  const defaults = { $ref: '#/$defs/level' };
  const named = { type: ['object', 'null'], propertyNames: commonInputs.environment.schema };
  const environments = { ...named, additionalProperties: { $ref: '#/$defs/environment' } };
  const model = mapOf({ defaults, environments });
  return {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    title: 'ml-deploy.yml',
    description: 'Defaults for the inputs of the ml-deploy actions, per model and environment.',
    ...mapOf({ defaults, environments, models: { type: ['object', 'null'], additionalProperties: model } }),
    $defs: {
      level: mapOf(levelProperties()),
      environment: mapOf({ ...ownKeys(), ...levelProperties() }),
    },
  };
}

/** An empty map may be left out in YAML (`dev:`), which is null. */
function mapOf(properties: Readonly<Record<string, unknown>>) {
  return { type: ['object', 'null'], additionalProperties: false, properties };
}

/** What an environment says beside inputs. */
function ownKeys(): Record<string, unknown> {
  return mapValues(environmentKeys, ({ description, schema }) => ({ description, ...schema }));
}

function levelProperties(): Record<string, unknown> {
  const perAction = specs.map((spec) => [
    spec.name,
    {
      description: `Inputs of ${spec.name} alone.`,
      type: 'object',
      additionalProperties: false,
      properties: inputSchemas(spec),
    },
  ]);
  return { ...sharedInputSchemas(), ...(Object.fromEntries(perAction) as Record<string, unknown>) };
}

function inputSchemas(spec: ActionSpec): Record<string, unknown> {
  return mapValues(settable(spec), (input) =>
    isGroup(input) ? groupSchema([input]) : { description: input.description, ...input.schema },
  );
}

/** A group as those actions have it that read it: a map whose texts may be written without quotes. */
function groupSchema(groups: readonly Group[]): Record<string, unknown> {
  const members = Object.assign({}, ...groups.map((each) => each.members)) as Members;
  const properties = mapValues(members, ({ description, schema }) => ({
    description,
    ...schema,
    ...(schema.type === 'string' ? { type: ['string', 'number', 'boolean', 'null'] } : {}),
  }));
  const [first] = groups;
  return { description: first?.description, ...mapOf(properties) };
}

/** A value outside an action's own map goes to every action that has the input, so each has to accept it. */
function sharedInputSchemas(): Record<string, unknown> {
  const names = new Set(specs.flatMap((spec) => Object.keys(shared(spec))));
  return Object.fromEntries(
    [...names].map((name) => {
      const inputs = specs.flatMap((spec) => shared(spec)[name] ?? []);
      const groups = inputs.filter(isGroup);
      if (groups.length > 0) return [name, groupSchema(groups)];
      const schemas = new Map(inputs.map(({ schema }) => [JSON.stringify(schema), schema]));
      const [only, ...others] = [...schemas.values()];
      const rule = others.length === 0 ? only : { allOf: [...schemas.values()] };
      return [name, { description: inputs[0]?.description, ...rule }];
    }),
  );
}

function settable(spec: ActionSpec): Record<string, Input<unknown>> {
  return Object.fromEntries(settableInputs(spec));
}

/** What a plain key reaches. */
function shared(spec: ActionSpec): Record<string, Input<unknown>> {
  return Object.fromEntries(Object.entries(settable(spec)).filter(([, input]) => !input.belowActionOnly));
}

function mapValues<A, B>(record: Readonly<Record<string, A>>, change: (value: A) => B): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]));
}
