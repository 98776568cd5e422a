/**
 * Writes the schemas that the tests' providers show Terraform: those of real providers, for the resources that terraform/
 * uses, in the form of `terraform providers schema -json`.
 *
 *     node test/fakes/terraform/extract-schemas.ts json SCHEMA.json hashicorp/aws
 *     node test/fakes/terraform/extract-schemas.ts cdktf PACKAGE_FOLDER hashicorp/google
 *
 * `json` takes what Terraform says of a provider that is installed; `cdktf` the npm package @cdktf/provider-… (google
 * 16.12.1, azurerm 14.23.1), whose source maps hold the flags of each attribute.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Attribute, Block, NestedBlock, ProviderSchema } from './schema.ts';

const [kind = '', from = '', provider = ''] = process.argv.slice(2);
const name = provider.split('/')[1] ?? '';
const root = join(import.meta.dirname, '../../..');

const used = usedTypes(join(root, 'terraform'));
/** Every resource and data source that a .tf file below the folder has, of this provider. */
function usedTypes(folder: string): { resources: string[]; data: string[] } {
  const texts = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.tf'))
    .map((path) => readFileSync(join(folder, path), 'utf8'));
  const types = (word: string) => {
    const all = texts.flatMap((text) => [...text.matchAll(new RegExp(`^${word} "([a-z0-9_]+)"`, 'gm'))]);
    const prefix = `${name}_`;
    return [
      ...new Set(all.map(([, type = '']) => type).filter((type) => type.startsWith(prefix))),
    ].toSorted();
  };
  return { resources: types('resource'), data: types('data') };
}

function fromJson(): ProviderSchema {
  const all = JSON.parse(readFileSync(from, 'utf8')) as {
    provider_schemas: Record<string, ProviderSchema>;
  };
  const own = all.provider_schemas[`registry.terraform.io/${provider}`];
  if (own === undefined) throw new Error(`${from} says nothing of ${provider}.`);
  const pick = (schemas: ProviderSchema['resource_schemas'], types: readonly string[]) =>
    Object.fromEntries(types.map((type) => [type, { version: 0, block: bare(schemas[type]?.block ?? {}) }]));
  return {
    provider: { version: 0, block: bare(own.provider.block) },
    resource_schemas: pick(own.resource_schemas, used.resources),
    data_source_schemas: pick(own.data_source_schemas, used.data),
  };
}

/** Without descriptions. */
function bare({ attributes = {}, block_types = {} }: Block): Block {
  return {
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([key, { type, required, optional, computed, sensitive }]) => [
        key,
        flags({ type, required, optional, computed, sensitive }),
      ]),
    ),
    block_types: Object.fromEntries(
      Object.entries(block_types).map(([key, { block, ...rest }]) => [key, { ...rest, block: bare(block) }]),
    ),
  };
}

function flags(attribute: Attribute): Attribute {
  const given = Object.entries(attribute).filter(([, value]) => value !== undefined && value !== false);
  return Object.fromEntries(given) as unknown as Attribute;
}

function fromPackage(): ProviderSchema {
  const schemaOf = (type: string) => ({ version: 0, block: classBlock(sourceOf(type)) });
  return {
    // What the modules set of the provider itself is the root's business.
    provider: { version: 0, block: { attributes: {}, block_types: { features: anyFeatures() } } },
    resource_schemas: Object.fromEntries(used.resources.map((type) => [type, schemaOf(type)])),
    data_source_schemas: {},
  };
}

function anyFeatures() {
  return { nesting_mode: 'list', max_items: 1, block: { attributes: {}, block_types: {} } } as const;
}

function sourceOf(type: string): string {
  const path = join(from, 'package/lib', type.slice(name.length + 1).replaceAll('_', '-'), 'index.js');
  if (!existsSync(path)) throw new Error(`The package has no ${type} (${path}).`);
  const map = /sourceMappingURL=data:application\/json;base64,(\S+)/.exec(readFileSync(path, 'utf8'))?.[1];
  const { sourcesContent } = JSON.parse(Buffer.from(map ?? '', 'base64').toString()) as {
    sourcesContent: string[];
  };
  return sourcesContent[0] ?? '';
}

interface Entry {
  readonly name: string;
  readonly isBlock: boolean;
  readonly type: string;
  readonly storage: string;
}

function classBlock(source: string): Block {
  const className = /export class (\w+) extends cdktf\.TerraformResource/.exec(source)?.[1] ?? '';
  return blockOf(source, entriesAfter(source, source.indexOf('synthesizeHclAttributes')), className);
}

function blockOf(source: string, entries: readonly Entry[], className: string): Block {
  const own = flagsOf(source, className);
  const attributes: Record<string, Attribute> = {};
  const block_types: Record<string, NestedBlock> = {};
  for (const { name: key, isBlock, type, storage } of entries) {
    const flag = own.flags[key] ?? {};
    if (!isBlock) {
      attributes[key] = flags({ type: typeOf(type, storage), ...flag });
      continue;
    }
    const struct = storage.replace(/(List|Set)$/, '');
    const at = source.indexOf(`function ${struct.charAt(0).toLowerCase()}${struct.slice(1)}ToHclTerraform(`);
    const single = own.single.has(key);
    block_types[key] = {
      nesting_mode: type === 'set' ? 'set' : type === 'struct' ? 'single' : 'list',
      ...(flag.required ? { min_items: 1 } : {}),
      ...(single && type !== 'struct' ? { max_items: 1 } : {}),
      block: blockOf(source, entriesAfter(source, at), `${struct}OutputReference`),
    };
  }
  for (const [key, type] of Object.entries(own.getters)) attributes[key] ??= { type, computed: true };
  return { attributes, block_types };
}

function entriesAfter(source: string, start: number): Entry[] {
  const at = source.indexOf('const attrs = {', start);
  const body = source.slice(at, source.indexOf('// remove undefined', at));
  const pattern =
    /^\s+(\w+): \{\n\s+value: [\s\S]*?isBlock: (true|false),\n\s+type: "(\w+)",\n\s+storageClassType: "(\w+)",/gm;
  return [...body.matchAll(pattern)].map(([, key = '', isBlock, type = '', storage = '']) => ({
    name: key,
    isBlock: isBlock === 'true',
    type,
    storage,
  }));
}

const PRIMITIVES: Readonly<Record<string, string>> = { string: 'string', number: 'number', boolean: 'bool' };
const GETTERS: Readonly<Record<string, unknown>> = {
  String: 'string',
  Number: 'number',
  Boolean: 'bool',
  StringMap: ['map', 'string'],
  List: ['list', 'string'],
};

function typeOf(type: string, storage: string): unknown {
  if (type === 'simple') return PRIMITIVES[storage] ?? 'string';
  const inner = PRIMITIVES[/^(string|number|boolean)/.exec(storage)?.[1] ?? 'string'];
  return [type, inner];
}

function flagsOf(source: string, className: string) {
  const start = source.indexOf(`export class ${className} extends`);
  const next = source.indexOf('\nexport ', start + 10);
  const body = source.slice(start, next < 0 ? source.length : next);
  const said = body.matchAll(
    /\/\/ (\w+) - computed: (true|false), optional: (true|false), required: (true|false)/g,
  );
  const found = [...said].map(([, key = '', computed, optional, required]) => [
    key,
    { computed: computed === 'true', optional: optional === 'true', required: required === 'true' },
  ]);
  const got = body.matchAll(
    /\/\/ (\w+) - computed: true, optional: false, required: false\s+public get \w+\(\) \{\s+return this\.get(\w+)Attribute/g,
  );
  return {
    flags: Object.fromEntries(found) as Record<string, Partial<Attribute>>,
    getters: Object.fromEntries([...got].map(([, key = '', type = '']) => [key, GETTERS[type] ?? 'string'])),
    single: new Set(
      [...body.matchAll(/new (\w+)OutputReference\(this, "(\w+)"\)/g)].map(([, , key = '']) => key),
    ),
  };
}

const schemas = kind === 'json' ? fromJson() : fromPackage();
writeFileSync(join(import.meta.dirname, `schemas/${name}.json`), `${JSON.stringify(schemas)}\n`);
console.log(`${name}: ${Object.keys(schemas.resource_schemas).length} resources`);
