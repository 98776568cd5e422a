import type { PlatformHost, TargetWishes } from '../../core/platform.ts';
import type { DeploymentTarget } from '../../core/targets.ts';

export function open(_wishes: TargetWishes, _host: PlatformHost): DeploymentTarget {
  throw new Error('not yet');
}
