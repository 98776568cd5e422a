/**
 * Moves requests by the traffic of the endpoint: one PUT, compared immediately before, and read back until the change
 * is visible.
 */
import { aborted, arrived, hasArrived, shifted } from '../../deployment/kept/served.ts';
import type { Performed } from '../../deployment/memory.ts';
import { sharesOf } from '../../deployment/rollout/marker.ts';
import type { Step } from '../../deployment/verdict.ts';
import type { Share } from '../../deployment/rollout/marker.ts';
import { changeEndpoint } from './change.ts';
import type { EndpointResource } from './endpoint.ts';
import { movedTag, readServed, servedTags, TAG, warmTags } from './ledger.ts';
import { specOf } from './spec.ts';
import { markerOf, servingBefore, servingOf, trafficOf } from './serving.ts';
import type { At } from './steps.ts';

/** A step of a rollout, or all of it at once. */
export async function shift(step: Step, at: At): Promise<Performed> {
  const { percent = 100, holdMs } = step;
  const to = (await at.versions()).find(({ id }) => id === step.of);
  if (to === undefined) return { is: 'missing' };
  if (!to.isWhole) return { is: 'refused', cause: `Its deployment ${to.found.name} is not ready.` };
  const found = await at.reads.endpoint();
  const now = at.options.clock.now();
  const serving = servingOf(found, now);
  const { version: from } = serving;
  if (found === null || from === null) return { is: 'lost' };
  const served = shifted(readServed(found.tags ?? {}), {
    step,
    from: { name: from, id: from },
    to: { name: to.id, id: to.id },
    now,
    back: backOf(at),
  });
  const isMarked = holdMs !== undefined;
  const moved = isMarked
    ? {}
    : { ...movedTag({ version: to.id, at: now.getTime() }), ...leaving(found, from, to.id, at) };
  return move(found, sharesOf(from, to.id, percent), { ...servedTags(served), ...moved }, at);
}

/** All requests go back to the version that they came from. */
export async function abort(_: Step, at: At): Promise<Performed> {
  const found = await at.reads.endpoint();
  const marker = found === null ? null : markerOf(found);
  if (found === null || marker === null) return { is: 'lost' };
  const { from, to } = marker;
  const served = aborted(readServed(found.tags ?? {}), to, from, backOf(at));
  const moved = {
    ...movedTag({ version: from, at: at.options.clock.now().getTime() }),
    ...leaving(found, to, from, at),
  };
  return move(found, sharesOf(null, from, 100), { ...servedTags(served), ...moved }, at);
}

export async function unmark({ of }: Step, at: At): Promise<Performed> {
  const found = await at.reads.endpoint();
  const marker = found === null ? null : markerOf(found);
  if (found === null || !hasArrived(marker, of)) return { is: 'lost' };
  const served = arrived(readServed(found.tags ?? {}), of);
  const moved = {
    ...movedTag({ version: of, at: at.options.clock.now().getTime() }),
    ...leaving(found, marker.from, of, at),
  };
  return move(found, sharesOf(null, of, 100), { ...servedTags(served), ...moved }, at);
}

/** The first requests that an endpoint gets. */
export async function open({ of }: Step, at: At): Promise<Performed> {
  const version = (await at.versions()).find(({ id }) => id === of);
  const found = await at.reads.endpoint();
  if (version === undefined || found === null) return { is: 'missing' };
  if (!version.isWhole) return { is: 'refused', cause: `Its deployment ${version.found.name} is not ready.` };
  const now = at.options.clock.now();
  if (servingOf(found, now).state !== 'absent') return { is: 'lost' };
  const served = arrived(readServed(found.tags ?? {}), of);
  const moved = movedTag({ version: of, at: now.getTime() });
  return move(found, sharesOf(null, of, 100), { ...servedTags(served), ...moved }, at);
}

/** A rollback keeps the version that it leaves for as long as the last release said. */
function leaving({ tags }: EndpointResource, left: string, to: string, { subject: { plan }, options }: At) {
  const known = Number(tags?.[TAG.keepWarm] ?? NaN);
  const before = Number.isNaN(known) ? null : known;
  const minutes = plan === null ? before : (specOf(plan.desired).keepWarmMinutes ?? null);
  return warmTags({ left, to, minutes }, options.clock.now());
}

function backOf({ subject: { command }, options: { context } }: At): string | null {
  return command === 'rollback' ? context.runId : null;
}

async function move(
  found: EndpointResource,
  shares: readonly Share[],
  tags: Readonly<Record<string, string | null>>,
  { reads, options }: At,
): Promise<Performed> {
  const answer = await changeEndpoint(found, { traffic: trafficOf(shares), tags }, reads, options);
  const touches = ['serving', 'versions', 'watch'] as const;
  return { is: 'done', touches, ...(answer === null ? {} : { before: servingBefore(answer, found) }) };
}
