/** The names of a function's parts. */
import { digestOf } from '../../core/canonical-json.ts';
import type { Desired } from '../../documents/plan.ts';
import { specOf } from './spec.ts';

/** All callers of the function use this alias: its version is what serves. */
export const LIVE = 'live';

const ID_DIGITS = 16;

/** The content id of a version: the same image, model and settings give the same one, whatever number Lambda gives it. */
export function versionId(desired: Desired): string {
  const { model, image, environment } = desired;
  const { settings } = specOf(desired);
  return digestOf({ model, image: image ?? null, environment, settings }).slice(0, ID_DIGITS);
}

/** For a version that ml-deploy did not publish, by its number. */
export function foreignId(number: string): string {
  return `version-${number}`;
}

/** The rule that keeps the function warm. */
export function ruleName(endpoint: string): string {
  return `ml-deploy-${endpoint}-warm`;
}
