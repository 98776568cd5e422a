/**
 * A registry as the actions ask it: whoever logged in on this machine meant it so and comes first, then the identity of the
 * job at Google Cloud or Azure.
 */
import { cloudLogins, type CloudSignIns, type RegistryUse } from '../adapters/cloud-registry/cloud-login.ts';
import { credentialFinder, type FindCredentials } from '../adapters/registry/credentials.ts';
import { createRegistry } from '../adapters/registry/registry.ts';
import type { Login } from '../core/image/ecr.ts';
import type { ImageName } from '../core/image/reference.ts';
import type { Registry } from '../core/image/registry.ts';
import type { Ports } from '../core/ports.ts';
import { outside } from '../core/redaction/outside.ts';
import type { Toolbox } from '../runner/toolbox.ts';

export interface OpenRegistry {
  readonly registry: Registry;
  /** By the identity of the job; null if the job has logged in by itself, and for registries of others. */
  readonly cloudLogin: (name: ImageName) => Promise<Login | null>;
}

type Machine = Pick<Toolbox, 'exec' | 'which'> & {
  readonly settings: Pick<Toolbox['settings'], 'registryAuthFiles'>;
};

/** @param first asked before the logins of this machine, such as ECR's own */
export function openRegistry(
  use: RegistryUse,
  signIns: CloudSignIns,
  { signal, redactor, log }: Pick<Ports<never>, 'signal' | 'redactor' | 'log'>,
  { exec, which, settings }: Machine,
  first: FindCredentials = () => Promise.resolve(null),
): OpenRegistry {
  const onThisMachine = credentialFinder({ files: settings.registryAuthFiles, exec, which });
  const loginOfCloud = outside(cloudLogins(signIns, use, log), redactor);
  const credentials: FindCredentials = async (name) => {
    const known = (await first(name)) ?? (await onThisMachine(name));
    if (known !== null) return known;
    const login = await loginOfCloud(name.registry);
    return login && { kind: 'password', ...login };
  };
  const onSecret = (value: string) => redactor.addSecret(value);
  return {
    registry: outside(createRegistry({ signal, credentials, onSecret }), redactor),
    cloudLogin: async (name) => ((await onThisMachine(name)) === null ? loginOfCloud(name.registry) : null),
  };
}
