import type { PlatformHost, TargetWishes } from '../../core/platform.ts';
import type { DeploymentTarget } from '../../core/targets.ts';

/** Each operation is described where it is declared: src/core/targets.ts. */
export function open(_wishes: TargetWishes, _host: PlatformHost): DeploymentTarget {
  return {
    name: 'azure-ml',
    plan: () => notBuilt('plan'),
    stage: () => notBuilt('stage'),
    deploy: () => notBuilt('deploy'),
    promote: () => notBuilt('promote'),
    discard: () => notBuilt('discard'),
    rollback: () => notBuilt('rollback'),
    teardown: () => notBuilt('teardown'),
    reap: () => notBuilt('reap'),
    describe: () => notBuilt('describe'),
    links: () => [],
    noteRelease: () => notBuilt('noteRelease'),
    markVerified: () => notBuilt('markVerified'),
    logs: () => notBuilt('logs'),
    invoker: () => notBuilt('invoker'),
  };
}

function notBuilt(operation: string): Promise<never> {
  return Promise.reject(new Error(`target: azure-ml has no "${operation}" yet.`));
}
