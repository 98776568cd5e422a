import { action } from '../../runner/action.ts';
import { parseEcrHost } from '../../clouds/aws/ecr-registry.ts';
import { outside } from '../../core/redaction/outside.ts';
import { spec } from './spec.ts';

const POLL_MS = 2000;

export default action({
  spec,
  run: async (inputs, ports, tools) => {
    const [{ run }, { engineFinder }, { openRegistry }, { createEcr }, { freeBytes }] = await Promise.all([
      import('./run.ts'),
      import('../../adapters/container-engine/find-engine.ts'),
      import('../../wiring/open-registry.ts'),
      import('../../adapters/ecr/ecr.ts'),
      import('../../adapters/container-engine/free-bytes.ts'),
    ]);
    const { exec, which, settings } = tools;
    const { log, signal, redactor } = ports;
    const { proxyVariables } = settings;
    const ecr = outside(createEcr({ signal, onPassword: (password) => tools.mask(password) }), redactor);
    const { storeOptions } = await import('../../wiring/store-options.ts');
    const stores = storeOptions({ region: inputs.awsRegion ?? settings.awsRegion }, ports, tools);
    const { registry, cloudLogin } = openRegistry('push', stores, ports, tools, async (name) => {
      const ofAccount = parseEcrHost(name.registry);
      return ofAccount && { kind: 'password', ...(await ecr.login(ofAccount)) };
    });
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
      registry,
    });
  },
});
