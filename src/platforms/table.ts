/**
 * All platforms, one line each. Everything about a platform is asked here and nowhere else, by its record
 * (src/core/platform.ts); a part that a record leaves out is a type error.
 */
import type { Platform } from '../core/platform.ts';
import { azureMl } from './azure-ml/platform.ts';
import { lambda } from './lambda/platform.ts';
import { local } from './local/platform.ts';
import { sagemaker } from './sagemaker/platform.ts';
import { terraform } from './terraform/platform.ts';
import { vertexAi } from './vertex-ai/platform.ts';

export const platforms = named({
  sagemaker,
  local,
  terraform,
  lambda,
  'azure-ml': azureMl,
  'vertex-ai': vertexAi,
});

export type PlatformName = keyof typeof platforms;

/** What the actions let users choose from. */
export const offeredPlatforms: readonly Platform<PlatformName>[] = Object.values(platforms).filter(
  ({ offered }: Platform) => offered,
);

/** The values of `target`. */
export const platformNames: readonly PlatformName[] = offeredPlatforms.map(({ name }) => name);

export function platformOf(name: PlatformName): Platform<PlatformName> {
  return platforms[name];
}

/** Whether a platform has a use for one of the inputs that not every platform reads. */
export function reads(name: PlatformName, input: string): boolean {
  return platformOf(name).inputs.reads.includes(input);
}

/** @param name of a document, such as a plan. @returns null for one that is not offered */
export function findPlatform(name: string): Platform<PlatformName> | null {
  return offeredPlatforms.find((platform) => platform.name === name) ?? null;
}

/** Each record by its own name. */
function named<const T extends { readonly [K in keyof T]: Platform<K & string> }>(table: T): T {
  return table;
}
