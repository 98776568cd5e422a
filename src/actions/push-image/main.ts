import { action } from '../../runner/action.ts';
import { spec } from './spec.ts';

const POLL_MS = 2000;

export default action({
  spec,
  run: async (inputs, ports, { exec, which, settings }) => {
    const [{ run }, { engineFinder }, { createRegistry }, { credentialFinder }] = await Promise.all([
      import('./run.ts'),
      import('../../adapters/container-engine/find-engine.ts'),
      import('../../adapters/registry/registry.ts'),
      import('../../adapters/registry/credentials.ts'),
    ]);
    const { log, signal } = ports;
    await run(inputs, {
      ...ports,
      pollMs: settings.pollMs ?? POLL_MS,
      findEngine: engineFinder({ exec, which, log, signal }),
      registry: createRegistry({
        signal,
        credentials: credentialFinder({ files: settings.registryAuthFiles, exec, which }),
      }),
    });
  },
});
