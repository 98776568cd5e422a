/**
 * Moves requests by the traffic of the endpoint: one call, which fails if the endpoint has changed since it was read,
 * and says what it did.
 */
import { aborted, arrived, forgotten, hasArrived, inFront, shifted } from '../../deployment/kept/served.ts';
import type { Performed } from '../../deployment/memory.ts';
import { again, done } from '../../deployment/performed.ts';
import { readMarker, sharesOf as split, type Share } from '../../deployment/rollout/marker.ts';
import type { Step } from '../../deployment/verdict.ts';
import { coldOf, ready, undeploy } from './deploying.ts';
import { LABEL, readServed, withServed, type Remembered } from './ledger.ts';
import { KEEP_WARM_MINUTES } from './options.ts';
import type { EndpointResource } from './resources.ts';
import { deployedAs, servingOf, sharesOf } from './serving.ts';
import { specOf } from './spec.ts';
import type { At } from './steps.ts';

/** The first version: it gets all requests as soon as it has replicas. */
export async function open({ of }: Step, at: At): Promise<Performed> {
  const version = (await at.fresh()).versions.find(({ id }) => id === of);
  if (version === undefined) return { is: 'missing' };
  const found = await at.endpoint();
  // Before anything is deployed: replicas that nobody uses would be paid for.
  if (found !== null && sharesOf(found).length > 0) return { is: 'lost' };
  const before = await ready(version, found, at);
  if (before !== null) return before;
  if (found === null) return { is: 'lost' };
  const served = readServed(found.labels ?? {});
  return move(found, at, [{ version: of, percent: 100 }], {
    ...served,
    versions: inFront(of, served.versions),
    marker: '',
    warm: without(served.warm, of),
  });
}

/** A step of a rollout, or all of it at once. */
export async function shift(step: Step, at: At): Promise<Performed> {
  const { of, percent = 100 } = step;
  const version = (await at.fresh()).versions.find(({ id }) => id === of);
  if (version === undefined) return { is: 'missing' };
  const found = await at.endpoint();
  const { version: from } = servingOf(found);
  // The first version is a different step: somebody may have removed the version that this one starts from.
  if (found === null || from === null) return { is: 'lost' };
  const before = await ready(version, found, at);
  if (before !== null) return before;
  const remembered = readServed(found.labels ?? {});
  const served = shifted(remembered, {
    step,
    from: { name: from, id: from },
    to: { name: of, id: of },
    now: at.options.clock.now(),
    back: backBy(at),
  });
  const isWhole = percent === 100 && served.marker === '';
  const warm = isWhole ? leaving(remembered, from, of, at) : without(remembered.warm, of);
  return move(found, at, split(from, of, percent), { ...served, warm });
}

/** All requests go back to the version that they came from. */
export async function abort(_: Step, at: At): Promise<Performed> {
  const found = await at.endpoint();
  if (found === null) return { is: 'lost' };
  const served = readServed(found.labels ?? {});
  const marker = readMarker(served.marker);
  if (marker === null || deployedAs(marker.from, found) === null) return { is: 'lost' };
  const { from, to } = marker;
  return move(found, at, [{ version: from, percent: 100 }], {
    ...aborted(served, to, from, backBy(at)),
    warm: leaving(served, to, from, at),
  });
}

/** The rollout is complete: from now on, its version is the one that served last. */
export async function unmark({ of }: Step, at: At): Promise<Performed> {
  const found = await at.endpoint();
  const served = readServed(found?.labels ?? {});
  const marker = readMarker(served.marker);
  if (found === null || !hasArrived(marker, of)) return { is: 'lost' };
  return move(found, at, [{ version: of, percent: 100 }], {
    ...arrived(served, of),
    warm: leaving(served, marker.from, of, at),
  });
}

/** For a version that somebody else made serve. */
export async function noteServed(of: string, at: At): Promise<Performed> {
  const found = await at.endpoint();
  if (found === null || servingOf(found).version !== of) return { is: 'lost' };
  const served = readServed(found.labels ?? {});
  return move(found, at, null, { ...served, versions: inFront(of, served.versions) });
}

/** null if it never served, or if that is forgotten already. */
export async function forgetServed(of: string, at: At): Promise<Performed | null> {
  const found = await at.endpoint();
  const served = readServed(found?.labels ?? {});
  const others = forgotten(served, of);
  if (found === null || others === served) return null;
  await move(found, at, null, others);
  return again('serving', 'versions');
}

/** The next one whose time has ended. */
export async function cool(_: Step, at: At): Promise<Performed> {
  const found = await at.endpoint();
  const id =
    found === null ? null : coldOf(found, { now: at.now(), needed: at.subject.plan?.version ?? null });
  if (id === null) return done('scaling');
  await undeploy(id, at.subject.endpoint, at);
  return again('scaling', 'serving');
}

/** @param shares null if they do not change */
async function move(
  found: EndpointResource,
  { resources, subject: { endpoint } }: At,
  shares: readonly Share[] | null,
  served: Remembered,
): Promise<Performed> {
  const traffic = (shares ?? []).map(
    ({ version, percent }) => [deployedAs(version, found) ?? '', percent] as const,
  );
  const labels = { ...found.labels, [LABEL.endpoint]: endpoint };
  await resources.patchEndpoint(endpoint, shares === null ? ['labels'] : ['trafficSplit', 'labels'], {
    ...(found.etag === undefined ? {} : { etag: found.etag }),
    labels: withServed(labels, served),
    ...(shares === null ? {} : { trafficSplit: Object.fromEntries(traffic) }),
  });
  return done('serving', 'versions', 'watch');
}

/** The run that goes back; null for a move forward. */
function backBy({ subject, options }: At): string | null {
  return subject.command === 'rollback' ? options.context.runId : null;
}

/** A version that loses its traffic stays deployed for a time; one that gets it has no end. */
function leaving({ warm }: Remembered, left: string | null, to: string, at: At): Remembered['warm'] {
  const { plan } = at.subject;
  const minutes = plan === null ? KEEP_WARM_MINUTES : specOf(plan.desired).keepWarmMinutes;
  const rest = without(warm, to);
  return left === null || left === to ? rest : new Map([...rest, [left, at.now() + minutes * 60_000]]);
}

function without(warm: Remembered['warm'], version: string): Remembered['warm'] {
  return new Map([...warm].filter(([other]) => other !== version));
}
