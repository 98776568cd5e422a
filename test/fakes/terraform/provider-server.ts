/**
 * A Terraform provider in this process, attached by TF_REATTACH_PROVIDERS: the real schema of the provider that it stands in
 * for, enough to validate and for `terraform test` with mocked providers. Terraform downloads nothing then, and checks no
 * version.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import grpc from '@grpc/grpc-js';
import loader from '@grpc/proto-loader';
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
): Promise<AttachedProvider> {
  const proto = loader.loadSync(join(import.meta.dirname, 'provider.proto'), {
    keepCase: true,
    longs: Number,
    enums: String,
    defaults: true,
  });
  const { Provider } = (grpc.loadPackageDefinition(proto) as unknown as Definition).tfplugin6;
  const server = new grpc.Server({ 'grpc.max_receive_message_length': -1 });
  server.addService(Provider.service, serviceOf(schema));
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
