/**
 * Everything around a function: what is due next, after a deployment, after a rollback, and before the function is
 * deleted.
 */
import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import type { Plan } from '../../../documents/plan.ts';
import { LIVE } from '../names.ts';
import type { LambdaTargetOptions } from '../options.ts';
import type { Reads } from '../reads.ts';
import type { Version } from '../versions.ts';
import { nextOfDoor, removalOfDoor } from './door.ts';
import type { Beside, Due } from './due.ts';
import { nextOfVersion, provisionOf, readProvisions, removal, type Provisions } from './provisioned.ts';
import { aroundOf, type Around, type Provision } from './wanted.ts';
import { nextOfWarmUp, removalOfWarmUp } from './warm-up.ts';

/** Null if nothing serves. */
export async function besideOf(
  endpoint: string,
  reads: Reads,
  options: LambdaTargetOptions,
  made: Map<string, string>,
): Promise<Beside | null> {
  const [fn, live] = [await reads.fn(), await reads.live()];
  return fn === null || live === null ? null : { endpoint, options, reads, fn, live, made };
}

/**
 * The next call towards what the plan says; null if nothing is left to do. Removals come first, and access from outside
 * comes last.
 */
export async function nextAround(
  wanted: Around,
  beside: Beside,
  versions: readonly Version[],
): Promise<Due | null> {
  const { endpoint, reads, options, live } = beside;
  const provisions = await readProvisions(endpoint, reads, options);
  const { FunctionVersion: serving = '' } = live;
  return (
    (await nextOfVersion(serving, wanted.provisioned ?? null, provisions)) ??
    (await nextOfUnused(provisions, reads, versions)) ??
    (await nextOfWarmUp(wanted.warmUp, beside)) ??
    (await nextOfDoor(wanted.door, beside))
  );
}

/**
 * Whether anything is left to set when the planned version serves. What has to be there before that is part of making
 * the version.
 */
export async function isDueAfter(
  plan: Plan,
  versions: readonly Version[],
  reads: Reads,
  options: LambdaTargetOptions,
): Promise<boolean> {
  if (plan.changes.some(({ field }) => field === 'api' || field === 'warm-up')) return true;
  const wanted = aroundOf(plan.desired).provisioned ?? null;
  const provisions = await readProvisions(plan.endpoint, reads, options);
  const number = versions.find(({ id }) => id === plan.version)?.number ?? '';
  const has = await provisionOf(number, provisions);
  const isScaled = JSON.stringify(wanted?.scaling) === JSON.stringify(has?.scaling);
  if (!isScaled || (wanted === null && has !== null)) return true;
  const { configs } = provisions;
  const others = (await reads.aliases()).filter(({ Name }) => Name !== LIVE).flatMap(namedBy);
  const kept = versions.filter(({ made, ...known }) => made !== null && configs.has(known.number));
  return kept.some((known) => known.number !== number && !others.includes(known.number));
}

/**
 * Without a plan, provisioned concurrency follows the alias: what a version has that served before and that no alias
 * names now moves to the version that serves. Null if there is nothing to move.
 */
export async function nextToFollow(beside: Beside, versions: readonly Version[]): Promise<Due | null> {
  const { endpoint, reads, options, live } = beside;
  const provisions = await readProvisions(endpoint, reads, options);
  const unused = await unusedOf(provisions, reads, versions);
  if (unused.length === 0) return null;
  const { FunctionVersion: serving = '', RoutingConfig } = live;
  // While two versions share the requests, both still need theirs.
  if (Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {}).length > 0) return null;
  const left = unused.find(({ turn }) => turn !== Infinity)?.number;
  const given = left === undefined ? null : await provisionOf(left, provisions);
  const wanted = together(await provisionOf(serving, provisions), given);
  const due = wanted === null ? null : await nextOfVersion(serving, wanted, provisions);
  return due ?? nextOfUnused(provisions, reads, versions);
}

/** The serving version keeps its number of environments, and takes over the scaling if it has none. */
function together(own: Provision | null, given: Provision | null): Provision | null {
  if (own === null || own.scaling !== undefined || given?.scaling === undefined) return own ?? given;
  return { ...own, scaling: given.scaling };
}

async function nextOfUnused(
  provisions: Provisions,
  reads: Pick<Reads, 'aliases'>,
  versions: readonly Version[],
): Promise<Due | null> {
  const [first] = await unusedOf(provisions, reads, versions);
  return first === undefined ? null : removal(first.number, provisions);
}

/** Versions of ours that keep environments started, and that no alias names. */
export async function unusedOf(
  { configs }: Provisions,
  reads: Pick<Reads, 'aliases'>,
  versions: readonly Version[],
): Promise<readonly Version[]> {
  if (configs.size === 0) return [];
  const named = (await reads.aliases()).flatMap(namedBy);
  return versions.filter(
    ({ number, made }) => made !== null && configs.has(number) && !named.includes(number),
  );
}

/** The versions that an alias gives requests to. */
export function namedBy({ FunctionVersion = '', RoutingConfig }: AliasConfiguration): readonly string[] {
  return [FunctionVersion, ...Object.keys(RoutingConfig?.AdditionalVersionWeights ?? {})];
}

/** The next call before the function can be deleted; null if nothing would be left behind. */
export async function removalAround(beside: Beside): Promise<Due | null> {
  const { endpoint, reads, options } = beside;
  const due = (await removalOfDoor(beside)) ?? (await removalOfWarmUp(beside));
  if (due !== null) return due;
  // Provisioned concurrency is deleted with the function, but its scaling would stay.
  const provisions = await readProvisions(endpoint, reads, options);
  const [number] = [...provisions.targets.keys()];
  return number === undefined ? null : removal(number, provisions);
}
