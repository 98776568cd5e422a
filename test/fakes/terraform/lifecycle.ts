/**
 * What a provider does with a resource: plan, create, read, change, remove. The schema says which attributes it fills in
 * itself; a kind of resource says what is asked of AWS. ForceNew, waiting and the tags that are ignored follow the
 * documentation of hashicorp/aws: this is not that provider.
 */
import type { Block, NestedBlock, ProviderSchema } from './schema.ts';
import { UNKNOWN, Unknown, type State } from './dynamic-value.ts';

export interface ResourceKind {
  /** Whether another value makes another resource. */
  readonly replaces: (attribute: string) => boolean;
  /** Asks AWS for it, and writes into the state what AWS says. */
  create(state: State): Promise<unknown>;
  /** Writes into the state what is there; false where nothing is. */
  read(state: State): Promise<boolean>;
  update(state: State, before: State): Promise<unknown>;
  remove(state: State): Promise<unknown>;
  /** What `terraform import` starts with; `id` and `name` where absent. */
  readonly idOf?: (state: State) => string;
}

export interface Backend {
  readonly region: string;
  readonly resources: Readonly<Record<string, ResourceKind>>;
  readonly data: Readonly<Record<string, (config: State) => State>>;
}

export interface Planned {
  readonly state: State | null;
  /** Attributes that make another resource of it. */
  readonly replaces: readonly string[];
}

export interface Made {
  readonly state: State | null;
  /** What went wrong; the state is kept all the same, where there is one. */
  readonly error: Error | null;
}

export class Lifecycle {
  #provider: State = {};
  readonly #schema: ProviderSchema;
  readonly #backend: Backend;

  constructor(schema: ProviderSchema, backend: Backend) {
    this.#schema = schema;
    this.#backend = backend;
  }

  configure(config: State | null): void {
    this.#provider = config ?? {};
  }

  readData(type: string, config: State): State {
    const read = this.#backend.data[type];
    if (read === undefined) throw new Error(`The stand-in provider does not know the data source ${type}.`);
    const { attributes = {} } = this.#schema.data_source_schemas[type]?.block ?? {};
    const said = Object.entries(read(config)).filter(([key]) => key in attributes);
    return { ...config, ...Object.fromEntries(said) };
  }

  plan(type: string, before: State | null, proposed: State | null): Planned {
    if (proposed === null) return { state: null, replaces: [] };
    const kind = this.#kind(type);
    const block = this.#block(type);
    const state = structuredCloneOf(proposed);
    fillIn(block, state, before);
    if ('tags_all' in (block.attributes ?? {})) state.tags_all = this.#allTags(state.tags);
    if (before === null) return { state, replaces: [] };
    const replaces = Object.keys(state).filter(
      (key) => kind.replaces(key) && !isComputedAlone(block, key) && !isSame(state[key], before[key]),
    );
    if (replaces.length > 0) {
      for (const key of Object.keys(block.attributes ?? {})) {
        if (isComputedAlone(block, key) || key === 'id') state[key] = UNKNOWN;
      }
    }
    return { state, replaces };
  }

  async apply(type: string, before: State | null, planned: State | null): Promise<Made> {
    const kind = this.#kind(type);
    if (planned === null) {
      if (before !== null) await kind.remove(before);
      return { state: null, error: null };
    }
    const state = known(planned) as State;
    try {
      await (before === null ? kind.create(state) : kind.update(state, before));
      return { state: this.#complete(type, state), error: null };
    } catch (error) {
      // What has an ARN is there: the real provider notes it, and Terraform replaces it by the next apply.
      const isThere = before !== null || typeof state.arn === 'string';
      return { state: isThere ? this.#complete(type, state) : before, error: error as Error };
    }
  }

  async read(type: string, state: State): Promise<State | null> {
    const current = structuredCloneOf(state);
    if (!(await this.#kind(type).read(current))) return null;
    if ('tags' in current) {
      const tags = this.#withoutIgnored(current.tags);
      // No tags are written as null or {}: as it was said.
      current.tags = Object.keys(tags).length > 0 ? tags : isEmpty(state.tags) ? state.tags : null;
    }
    if ('tags_all' in current) current.tags_all = this.#withoutIgnored(current.tags_all);
    return this.#complete(type, current);
  }

  /** As after an import: nothing is known but the name. */
  imported(type: string, id: string): State {
    return whole(this.#block(type), { id, name: id });
  }

  upgrade(type: string, state: State): State {
    return whole(this.#block(type), state);
  }

  #kind(type: string): ResourceKind {
    const kind = this.#backend.resources[type];
    if (kind === undefined) throw new Error(`The stand-in provider does not make ${type}.`);
    return kind;
  }

  #block(type: string): Block {
    return this.#schema.resource_schemas[type]?.block ?? {};
  }

  #complete(type: string, state: State): State {
    const kind = this.#kind(type);
    const id = kind.idOf?.(state) ?? state.name ?? state.id;
    const block = this.#block(type);
    const { attributes = {} } = block;
    return {
      ...whole(block, state),
      ...('id' in attributes ? { id } : {}),
      ...('region' in attributes ? { region: state.region ?? this.#backend.region } : {}),
    };
  }

  #allTags(tags: unknown): State {
    const [defaults] = listOf(this.#provider.default_tags);
    return { ...((defaults?.tags ?? {}) as State), ...((tags ?? {}) as State) };
  }

  /** `ignore_tags` of the provider: https://registry.terraform.io/providers/hashicorp/aws/latest/docs#ignore_tags */
  #withoutIgnored(tags: unknown): State {
    const [ignored] = listOf(this.#provider.ignore_tags);
    const prefixes = (ignored?.key_prefixes ?? []) as readonly string[];
    const isIgnored = (key: string) => prefixes.some((start) => key.startsWith(start));
    return Object.fromEntries(Object.entries((tags ?? {}) as State).filter(([key]) => !isIgnored(key)));
  }
}

/** What nobody says and the provider decides is unknown until it is made, and then stays. */
function fillIn({ attributes = {}, block_types = {} }: Block, state: State, before: State | null): void {
  for (const [key, { computed }] of Object.entries(attributes)) {
    if (computed === true && (state[key] ?? null) === null)
      state[key] = before === null ? UNKNOWN : (before[key] ?? null);
  }
  for (const [key, { block }] of Object.entries(block_types)) {
    const was = listOf(before?.[key]);
    listOf(state[key]).forEach((inner, index) =>
      fillIn(block, inner, before === null ? null : (was[index] ?? {})),
    );
  }
}

function isComputedAlone({ attributes = {} }: Block, key: string): boolean {
  const { computed, optional } = attributes[key] ?? {};
  return computed === true && optional !== true;
}

/** Without what is unknown still: the provider has not been told by AWS. */
function known(value: unknown): unknown {
  if (value instanceof Unknown) return null;
  if (Array.isArray(value)) return value.map(known);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, known(inner)]));
}

function structuredCloneOf(value: State): State {
  const copy = (inner: unknown): unknown => {
    if (inner instanceof Unknown || typeof inner !== 'object' || inner === null) return inner;
    if (Array.isArray(inner)) return inner.map(copy);
    return Object.fromEntries(Object.entries(inner).map(([key, item]) => [key, copy(item)]));
  };
  return copy(value) as State;
}

/** With every attribute and block that the schema has. */
function whole({ attributes = {}, block_types = {} }: Block, state: State): State {
  const values = Object.keys(attributes).map((key) => [key, state[key] ?? null]);
  const blocks = Object.entries(block_types).map(([key, nested]) => {
    const there = state[key] ?? noneOf(nested);
    return [key, Array.isArray(there) ? listOf(there).map((inner) => whole(nested.block, inner)) : there];
  });
  return Object.fromEntries([...values, ...blocks]) as State;
}

const isEmpty = (value: unknown) =>
  typeof value === 'object' && value !== null && Object.keys(value).length === 0;

function noneOf({ nesting_mode }: NestedBlock): unknown {
  return nesting_mode === 'list' || nesting_mode === 'set' ? [] : null;
}

export function listOf(value: unknown): State[] {
  return Array.isArray(value) ? (value as State[]) : [];
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
