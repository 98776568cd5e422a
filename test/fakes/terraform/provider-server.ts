/**
 * A Terraform provider in this process, attached by TF_REATTACH_PROVIDERS: the real schema of the provider that it stands in
 * for, and what a test gives it to do. Terraform downloads nothing then, and checks no version.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import { decode, encode, ExtensionCodec } from '@msgpack/msgpack';
import type { Block, ProviderSchema } from './schema.ts';

export type Values = Record<string, unknown>;

/** A value that is known after the apply alone. */
export class Unknown {
  toString(): string {
    return '(known after apply)';
  }
}

/** What a provider does. Values have the names of the schema; null is a value that is not set. */
export interface ProviderBehaviour {
  configure?(config: Values): void;
  /** @returns null where it is gone */
  read?(type: string, state: Values): Promise<Values | null>;
  /** The planned values, and the attributes that make a new resource necessary. */
  plan?(type: string, prior: Values | null, proposed: Values): { planned: Values; replace: string[] };
  create?(type: string, planned: Values): Promise<Values>;
  update?(type: string, planned: Values, prior: Values): Promise<Values>;
  remove?(type: string, prior: Values): Promise<void>;
  data?(type: string, config: Values): Promise<Values>;
}

/** A resource that was made, although what it had to wait for failed: Terraform keeps it, as tainted. */
export class HalfMadeError extends Error {
  readonly state: Values;

  constructor(message: string, state: Values) {
    super(message);
    this.state = state;
  }
}

export interface AttachedProvider {
  /** For TF_REATTACH_PROVIDERS: one entry of its JSON object. */
  readonly reattach: Readonly<Record<string, unknown>>;
  close(): void;
}

interface Dynamic {
  readonly msgpack?: Buffer;
  readonly json?: Buffer;
}

interface Request {
  readonly type_name: string;
  readonly config?: Dynamic;
  readonly current_state?: Dynamic;
  readonly prior_state?: Dynamic;
  readonly proposed_new_state?: Dynamic;
  readonly planned_state?: Dynamic;
  readonly raw_state?: { readonly json: Buffer };
}

const codec = new ExtensionCodec();
codec.register({
  type: 0,
  encode: (value) => (value instanceof Unknown ? new Uint8Array(1) : null),
  decode: () => new Unknown(),
});
// An unknown value about which something is known already.
codec.register({ type: 12, encode: () => null, decode: () => new Unknown() });

/** @param source such as `hashicorp/aws` */
export async function attachProvider(
  source: string,
  schema: ProviderSchema,
  folder: string,
  behaviour: ProviderBehaviour = {},
): Promise<AttachedProvider> {
  const proto = loader.loadSync(join(import.meta.dirname, 'provider.proto'), {
    keepCase: true,
    longs: Number,
    enums: String,
    defaults: true,
  });
  const { Provider } = (grpc.loadPackageDefinition(proto) as unknown as Definition).tfplugin6;
  const server = new grpc.Server({ 'grpc.max_receive_message_length': -1 });
  server.addService(Provider.service, serviceOf(schema, behaviour));
  const socket = join(folder, `${source.replace('/', '-')}.sock`);
  rmSync(socket, { force: true });
  await new Promise<void>((resolve, reject) => {
    server.bindAsync(`unix:${socket}`, grpc.ServerCredentials.createInsecure(), (error) =>
      error === null ? resolve() : reject(error),
    );
  });
  const address = { Network: 'unix', String: socket };
  const entry = { Protocol: 'grpc', ProtocolVersion: 6, Pid: process.pid, Test: true, Addr: address };
  const registries = ['registry.terraform.io', 'registry.opentofu.org'];
  return {
    reattach: Object.fromEntries(registries.map((registry) => [`${registry}/${source}`, entry])),
    close: () => server.forceShutdown(),
  };
}

interface Definition {
  readonly tfplugin6: { readonly Provider: { readonly service: grpc.ServiceDefinition } };
}

function serviceOf(schema: ProviderSchema, behaviour: ProviderBehaviour): grpc.UntypedServiceImplementation {
  const handlers: Readonly<Record<string, (request: Request) => unknown>> = {
    GetProviderSchema: () => ({
      provider: { version: 0, block: blockMessage(schema.provider.block) },
      resource_schemas: mapValues(schema.resource_schemas),
      data_source_schemas: mapValues(schema.data_source_schemas),
      server_capabilities: {},
    }),
    ValidateProviderConfig: () => ({}),
    ValidateResourceConfig: () => ({}),
    ValidateDataResourceConfig: () => ({}),
    GetFunctions: () => ({}),
    StopProvider: () => ({ error: '' }),
    ConfigureProvider: ({ config }) => {
      behaviour.configure?.(decoded(config) ?? {});
      return {};
    },
    UpgradeResourceState: ({ raw_state }) => ({
      upgraded_state: encoded(JSON.parse(raw_state?.json.toString() ?? 'null')),
    }),
    ReadResource: async ({ type_name, current_state }) => {
      const state = decoded(current_state) ?? {};
      return { new_state: encoded(behaviour.read ? await behaviour.read(type_name, state) : state) };
    },
    PlanResourceChange: ({ type_name, prior_state, proposed_new_state }) => {
      const proposed = decoded(proposed_new_state);
      if (proposed === null) return { planned_state: encoded(null) };
      const prior = decoded(prior_state);
      const filled = filledIn(schema.resource_schemas[type_name]?.block ?? {}, proposed, prior);
      const { planned, replace } = behaviour.plan?.(type_name, prior, filled) ?? {
        planned: filled,
        replace: [],
      };
      const requires_replace = replace.map((attribute_name) => ({ steps: [{ attribute_name }] }));
      return { planned_state: encoded(planned), requires_replace, legacy_type_system: true };
    },
    ApplyResourceChange: (request) => applied(request, behaviour),
    ReadDataSource: async ({ type_name, config }) => {
      const values = decoded(config) ?? {};
      return { state: encoded(await (behaviour.data?.(type_name, values) ?? values)) };
    },
  };
  return Object.fromEntries(
    Object.entries(handlers).map(([name, handle]) => [name, unary((request: Request) => handle(request))]),
  );
}

function unary(handle: (request: Request) => unknown): grpc.handleUnaryCall<Request, unknown> {
  return ({ request }, answer) => {
    Promise.resolve()
      .then(() => handle(request))
      .then(
        (message) => answer(null, message),
        (error: unknown) => answer(null, { diagnostics: [diagnostic(error)] }),
      );
  };
}

async function applied({ type_name, prior_state, planned_state }: Request, behaviour: ProviderBehaviour) {
  const [prior, planned] = [decoded(prior_state), decoded(planned_state)];
  if (planned === null) {
    await behaviour.remove?.(type_name, prior ?? {});
    return { new_state: encoded(null) };
  }
  const values = withoutUnknown(planned) as Values;
  try {
    const made =
      prior === null
        ? await behaviour.create?.(type_name, values)
        : await behaviour.update?.(type_name, values, prior);
    return { new_state: encoded(withoutUnknown(made ?? values)), legacy_type_system: true };
  } catch (error) {
    const state = error instanceof HalfMadeError ? withoutUnknown(error.state) : prior;
    return { new_state: encoded(state), diagnostics: [diagnostic(error)], legacy_type_system: true };
  }
}

function diagnostic(error: unknown) {
  const summary = error instanceof Error ? error.message : String(error);
  return { severity: 'ERROR', summary: summary.slice(0, 2000), detail: '' };
}

/** What the provider computes is unknown for a new resource, and stays what it was for another. */
function filledIn(block: Block, values: Values, prior: Values | null): Values {
  const filled: Values = { ...values };
  for (const [name, { computed }] of Object.entries(block.attributes ?? {})) {
    if (computed && (filled[name] ?? null) === null)
      filled[name] = prior === null ? new Unknown() : (prior[name] ?? null);
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const items = filled[name];
    if (!Array.isArray(items)) continue;
    const before = Array.isArray(prior?.[name]) ? (prior[name] as Values[]) : [];
    filled[name] = (items as Values[]).map((item, index) =>
      filledIn(nested.block, item, before[index] ?? null),
    );
  }
  return filled;
}

function withoutUnknown(value: unknown): unknown {
  if (value instanceof Unknown) return null;
  if (Array.isArray(value)) return value.map(withoutUnknown);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, withoutUnknown(inner)]));
}

function decoded(value: Dynamic | undefined): Values | null {
  if (value?.msgpack?.length) return decode(value.msgpack, { extensionCodec: codec }) as Values | null;
  return value?.json?.length ? (JSON.parse(value.json.toString()) as Values) : null;
}

function encoded(value: unknown): Dynamic {
  return { msgpack: Buffer.from(encode(value, { extensionCodec: codec })), json: Buffer.alloc(0) };
}

function mapValues(schemas: ProviderSchema['resource_schemas']) {
  return Object.fromEntries(
    Object.entries(schemas).map(([name, { block }]) => [name, { version: 0, block: blockMessage(block) }]),
  );
}

function blockMessage({ attributes = {}, block_types = {} }: Block): object {
  return {
    version: 0,
    attributes: Object.entries(attributes).map(([name, attribute]) => ({
      name,
      type: Buffer.from(JSON.stringify(attribute.type)),
      required: attribute.required ?? false,
      optional: attribute.optional ?? false,
      computed: attribute.computed ?? false,
      sensitive: attribute.sensitive ?? false,
    })),
    block_types: Object.entries(block_types).map(([type_name, nested]) => ({
      type_name,
      nesting: nested.nesting_mode.toUpperCase(),
      min_items: nested.min_items ?? 0,
      max_items: nested.max_items ?? 0,
      block: blockMessage(nested.block),
    })),
  };
}
