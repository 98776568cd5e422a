import type { CloudSettings } from '../../../core/plan/cloud-settings.ts';
import type { DeploymentRequest } from '../../../core/targets.ts';

/** Of the fields of `desired.spec` in a request. */
export function cloudSettings(request: DeploymentRequest): CloudSettings {
  return request.desired.spec;
}

/** The type that the image is chosen for: the first of several; null if none is asked for. */
export function firstType(settings: CloudSettings): string | null {
  return settings.instanceType ?? settings.instanceTypes?.[0] ?? null;
}
