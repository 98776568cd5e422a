import { action } from '../../runner/action.ts';
import { parseEcrHost } from '../../clouds/aws/ecr-registry.ts';
import { outside } from '../../core/redaction/outside.ts';
import type { ImageName } from '../../core/image/reference.ts';
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
    const { log, signal, redactor } = ports;
    const { proxyVariables } = settings;
    const ecr = outside(createEcr({ signal, onPassword: (password) => tools.mask(password) }), redactor);
    const onThisMachine = credentialFinder({ files: settings.registryAuthFiles, exec, which });
    const { storeOptions } = await import('../../wiring/store-options.ts');
    const stores = storeOptions({ region: inputs.awsRegion ?? settings.awsRegion }, ports, tools);
    const { cloudLogins } = await import('../../adapters/cloud-registry/cloud-login.ts');
    const loginOfCloud = outside(cloudLogins(stores), redactor);
    // Whoever logged in before this step meant it so.
    const cloudLogin = async (name: ImageName) =>
      (await onThisMachine(name)) === null ? loginOfCloud(name.registry) : null;
    await run(inputs, {
      ...ports,
      pollMs: settings.pollMs ?? POLL_MS,
      awsRegion: settings.awsRegion,
      hasActionsCache: settings.hasActionsCache,
      freeBytes,
      openUrl: outside(async (url: string) => {
        const { openUrl } = await import('../../stores/open-store.ts');
        return openUrl(url, ports.context.workspace, stores);
      }, redactor),
      ecr,
      cloudLogin,
      findEngine: outside(engineFinder({ exec, which, log, signal, proxyVariables }), redactor),
      registry: outside(
        createRegistry({
          signal,
          onSecret: (value) => redactor.addSecret(value),
          credentials: async (name) => {
            const registry = parseEcrHost(name.registry);
            if (registry !== null) return { kind: 'password', ...(await ecr.login(registry)) };
            const here = await onThisMachine(name);
            if (here !== null) return here;
            const login = await loginOfCloud(name.registry);
            return login && { kind: 'password', ...login };
          },
        }),
        redactor,
      ),
    });
  },
});
