/**
 * Moves requests by the weights of the alias: one call, which fails if the alias has changed since it was read, and
 * says what it did.
 */
import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import type { Performed } from '../../deployment/memory.ts';
import { aborted, arrived, hasArrived, shifted, type Served } from '../../deployment/kept/served.ts';
import { done } from '../../deployment/performed.ts';
import { readMarker, type Marker } from '../../deployment/rollout/marker.ts';
import type { Step } from '../../deployment/verdict.ts';
import { readServed, writeServed } from './ledger.ts';
import { LIVE } from './names.ts';
import type { At } from './steps.ts';
import type { Version } from './versions.ts';

/** A step of a rollout, or all of it at once. */
export async function shift(step: Step, at: At): Promise<Performed> {
  const { percent = 100 } = step;
  const [to, found] = await both(step.of, at);
  if (to === undefined) return { is: 'missing' };
  if (found === null) return { is: 'lost' };
  if (!(await at.probe.answers(to.number))) return at.probe.refusal();
  const { live, from } = found;
  const left = from?.number ?? live.FunctionVersion ?? '';
  const served = shifted(found.served, {
    step,
    from: { name: left, id: from?.id ?? null },
    to: { name: to.number, id: to.id },
    now: at.options.clock.now(),
    back: backOf(at),
  });
  return move(live, at, {
    number: percent === 100 ? to.number : left,
    weights: percent === 100 ? {} : { [to.number]: percent / 100 },
    served,
  });
}

/** All requests go back to the version that they came from. */
export async function abort(_: Step, at: At): Promise<Performed> {
  const [, found] = await both('', at);
  const to = found?.marker?.to;
  if (found?.from === undefined || to === undefined) return { is: 'lost' };
  const { live, served, from } = found;
  const left = (await at.versions()).find(({ id }) => id === to)?.number ?? '';
  const after = aborted(served, left, from.number, backOf(at));
  return move(live, at, { number: from.number, weights: {}, served: after });
}

function backOf({ subject: { command }, options: { context } }: At): string | null {
  return command === 'rollback' ? context.runId : null;
}

export async function unmark({ of }: Step, at: At): Promise<Performed> {
  const [to, found] = await both(of, at);
  if (to === undefined) return { is: 'missing' };
  if (found === null || !hasArrived(found.marker, of)) return { is: 'lost' };
  const { live, served } = found;
  return move(live, at, { number: to.number, weights: {}, served: arrived(served, to.number) });
}

interface Found {
  readonly live: AliasConfiguration;
  readonly served: Served;
  /** Of the rollout under way; null if there is none. */
  readonly marker: Marker | null;
  /** What serves, or did before the rollout under way. */
  readonly from: Version | undefined;
}

async function both(id: string, at: At): Promise<readonly [Version | undefined, Found | null]> {
  const [versions, live] = [await at.versions(), await at.reads.live()];
  const to = versions.find((known) => known.id === id);
  if (live === null) return [to, null];
  const served = readServed(live.Description);
  const marker = readMarker(served.marker);
  const from = versions.find((known) =>
    marker === null ? known.number === live.FunctionVersion : known.id === marker.from,
  );
  return [to, { live, served, marker, from }];
}

interface Wanted {
  readonly number: string;
  readonly weights: Readonly<Record<string, number>>;
  readonly served: Served;
}

export async function move(
  live: AliasConfiguration,
  { subject: { endpoint }, options: { clients } }: At,
  { number, weights, served }: Wanted,
): Promise<Performed> {
  const lambda = await clients.lambda();
  await clients.call({ operation: 'lambda:UpdateAlias', on: endpoint }, (http) =>
    lambda.updateAlias(
      {
        FunctionName: endpoint,
        Name: LIVE,
        FunctionVersion: number,
        // Weights that are not sent are kept: those of an earlier rollout would stay.
        RoutingConfig: { AdditionalVersionWeights: weights },
        Description: writeServed(served),
        RevisionId: live.RevisionId,
      },
      http,
    ),
  );
  return done('serving', 'versions', 'watch');
}
