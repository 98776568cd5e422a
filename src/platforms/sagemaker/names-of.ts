import type { Desired } from '../../documents/plan.ts';
import { contentName } from './names.ts';
import { specsOf } from './specs.ts';

export interface Names {
  readonly model: string;
  /** Also the version. */
  readonly config: string;
}

/** From everything that a model and its config contain. */
export function namesOf(endpoint: string, desired: Desired): Names {
  const { model: modelSpec, endpointConfig } = specsOf(desired);
  const { model: modelDigest, environment } = desired;
  const model = contentName(endpoint, 'model', { modelDigest, environment, modelSpec });
  return { model, config: contentName(endpoint, 'config', { model, endpointConfig }) };
}
