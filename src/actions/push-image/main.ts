import { action } from '../../runner/action.ts';
import { parseEcrHost } from '../../core/image/ecr.ts';
import { spec } from './spec.ts';

const POLL_MS = 2000;

export default action({
  spec,
  run: async (inputs, ports, tools) => {
    const [
      { run },
      { engineFinder },
      { createRegistry },
      { credentialFinder },
      { createEcr },
      { freeBytes },
    ] = await Promise.all([
      import('./run.ts'),
      import('../../adapters/container-engine/find-engine.ts'),
      import('../../adapters/registry/registry.ts'),
      import('../../adapters/registry/credentials.ts'),
      import('../../adapters/ecr/ecr.ts'),
      import('../../adapters/container-engine/free-bytes.ts'),
    ]);
    const { exec, which, settings } = tools;
    const { log, signal } = ports;
    const { proxyVariables } = settings;
    const ecr = createEcr({ signal, onPassword: (password) => tools.mask(password) });
    const onThisMachine = credentialFinder({ files: settings.registryAuthFiles, exec, which });
    await run(inputs, {
      ...ports,
      pollMs: settings.pollMs ?? POLL_MS,
      awsRegion: settings.awsRegion,
      hasActionsCache: settings.hasActionsCache,
      freeBytes,
      ecr,
      findEngine: engineFinder({ exec, which, log, signal, proxyVariables }),
      registry: createRegistry({
        signal,
        credentials: async (name) => {
          const registry = parseEcrHost(name.registry);
          return registry === null
            ? onThisMachine(name)
            : { kind: 'password', ...(await ecr.login(registry)) };
        },
      }),
    });
  },
});
