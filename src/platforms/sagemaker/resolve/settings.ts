import type { CloudSettings } from '../../../core/plan/cloud-settings.ts';
import type { DeploymentRequest } from '../../../core/targets.ts';

/** Of the fields of `desired.spec` in a request. */
export function cloudSettings(request: DeploymentRequest): CloudSettings {
  return request.desired.spec;
}
