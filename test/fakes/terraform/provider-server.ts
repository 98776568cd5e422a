/**
 * A Terraform provider in this process, attached by TF_REATTACH_PROVIDERS: the real schema of the provider that it stands in
 * for, enough to validate and for `terraform test` with mocked providers. With a backend it plans and applies as well.
 * Terraform downloads nothing then, and checks no version.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
import { read, write, type DynamicValue } from './dynamic-value.ts';
import { Lifecycle, type Backend } from './lifecycle.ts';
import type { Block, ProviderSchema } from './schema.ts';

export interface AttachedProvider {
  /** For TF_REATTACH_PROVIDERS: one entry of its JSON object. */
  readonly reattach: Readonly<Record<string, unknown>>;
  close(): void;
}

/** @param source such as `hashicorp/aws` */
export async function attachProvider(
  source: string,
  schema: ProviderSchema,
  folder: string,
  backend: Backend | null = null,
): Promise<AttachedProvider> {
  const proto = loader.loadSync(join(import.meta.dirname, 'provider.proto'), {
    keepCase: true,
    longs: Number,
    enums: String,
    defaults: true,
  });
  const { Provider } = (grpc.loadPackageDefinition(proto) as unknown as Definition).tfplugin6;
  const server = new grpc.Server({ 'grpc.max_receive_message_length': -1 });
  const making = backend === null ? {} : makingOf(new Lifecycle(schema, backend));
  server.addService(Provider.service, { ...serviceOf(schema), ...making });
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

function serviceOf(schema: ProviderSchema): grpc.UntypedServiceImplementation {
  const answers = {
    GetProviderSchema: {
      provider: { version: 0, block: blockMessage(schema.provider.block) },
      resource_schemas: mapValues(schema.resource_schemas),
      data_source_schemas: mapValues(schema.data_source_schemas),
      server_capabilities: {},
    },
    ValidateProviderConfig: {},
    ValidateResourceConfig: {},
    ValidateDataResourceConfig: {},
    GetFunctions: {},
    StopProvider: { error: '' },
  };
  return Object.fromEntries(
    Object.entries(answers).map(([name, message]) => [
      name,
      (_: unknown, answer: grpc.sendUnaryData<unknown>) => answer(null, message),
    ]),
  );
}

interface Request {
  readonly type_name: string;
  readonly id: string;
  readonly config: DynamicValue;
  readonly current_state: DynamicValue;
  readonly prior_state: DynamicValue;
  readonly proposed_new_state: DynamicValue;
  readonly planned_state: DynamicValue;
  readonly raw_state: { readonly json: Uint8Array };
}

/** What planning and applying ask. */
function makingOf(lifecycle: Lifecycle): grpc.UntypedServiceImplementation {
  // hashicorp/aws is built on an SDK whose types are looser than Terraform's, and says so.
  const loose = { legacy_type_system: true };
  const answers: Record<string, (request: Request) => object | Promise<object>> = {
    ConfigureProvider: ({ config }) => {
      lifecycle.configure(read(config));
      return {};
    },
    UpgradeResourceState: ({ type_name, raw_state }) => {
      const state = JSON.parse(Buffer.from(raw_state.json).toString()) as Record<string, unknown>;
      return { upgraded_state: write(lifecycle.upgrade(type_name, state)) };
    },
    ReadResource: async ({ type_name, current_state }) => ({
      new_state: write(await lifecycle.read(type_name, read(current_state) ?? {})),
    }),
    PlanResourceChange: ({ type_name, prior_state, proposed_new_state }) => {
      const { state, replaces } = lifecycle.plan(type_name, read(prior_state), read(proposed_new_state));
      const requires_replace = replaces.map((attribute_name) => ({ steps: [{ attribute_name }] }));
      return { planned_state: write(state), requires_replace, ...loose };
    },
    ApplyResourceChange: async ({ type_name, prior_state, planned_state }) => {
      const { state, error } = await lifecycle.apply(type_name, read(prior_state), read(planned_state));
      return { new_state: write(state), diagnostics: error === null ? [] : [diagnostic(error)], ...loose };
    },
    ImportResourceState: ({ type_name, id }) => ({
      imported_resources: [{ type_name, state: write(lifecycle.imported(type_name, id)) }],
    }),
    ReadDataSource: ({ type_name, config }) => ({
      state: write(lifecycle.readData(type_name, read(config) ?? {})),
    }),
  };
  return Object.fromEntries(
    Object.entries(answers).map(([name, answer]) => [
      name,
      (call: { request: Request }, reply: grpc.sendUnaryData<unknown>) => {
        Promise.resolve(call.request)
          .then(answer)
          .then(
            (message) => reply(null, message),
            (error: unknown) => reply(null, { diagnostics: [diagnostic(error as Error)] }),
          );
      },
    ]),
  );
}

function diagnostic({ message }: Error) {
  return { severity: 'ERROR', summary: message, detail: '' };
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
