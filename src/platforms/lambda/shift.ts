/** Requests move by the weights of the alias: one call, which holds only for what was looked at, and says what it did. */
import type { AliasConfiguration } from '@aws-sdk/client-lambda';
import { inFront } from '../../deployment/known-version.ts';
import type { Performed } from '../../deployment/memory.ts';
import { done } from '../../deployment/performed.ts';
import { readMarker, writeMarker, type Marker } from '../../deployment/rollout/marker.ts';
import type { Step } from '../../deployment/verdict.ts';
import { readServed, writeServed, type Served } from './ledger.ts';
import { LIVE } from './names.ts';
import type { At } from './steps.ts';
import type { Version } from './versions.ts';

/** A step of a rollout, or all of it at once. */
export async function shift(step: Step, at: At): Promise<Performed> {
  const { percent = 100, holdMs } = step;
  const [to, found] = await both(step.of, at);
  if (to === undefined) return { is: 'missing' };
  if (found === null) return { is: 'lost' };
  if (!(await at.probe.answers(to.number))) return at.probe.refusal();
  const { live, served, from } = found;
  const isWhole = percent === 100 && holdMs === undefined;
  const now = at.options.clock.now().getTime();
  const marker =
    holdMs === undefined || from === undefined
      ? ''
      : writeMarker({ from: from.id, to: to.id, percent, at: now, until: now + holdMs });
  const left = from?.number ?? live.FunctionVersion ?? '';
  const { command } = at.subject;
  const back =
    command === 'rollback' ? { run: at.options.context.runId, from: left, to: to.number } : served.back;
  const numbers = isWhole ? inFront(to.number, inFront(left, served.numbers)) : inFront(left, served.numbers);
  return move(live, at, {
    number: percent === 100 ? to.number : left,
    weights: percent === 100 ? {} : { [to.number]: percent / 100 },
    served: { numbers, back, marker },
  });
}

/** All requests go where they came from. */
export async function abort(_: Step, at: At): Promise<Performed> {
  const [, found] = await both('', at);
  const to = found?.marker?.to;
  if (found?.from === undefined || to === undefined) return { is: 'lost' };
  const { live, served, from } = found;
  const left = (await at.versions()).find(({ id }) => id === to)?.number ?? '';
  const { command } = at.subject;
  const back =
    command === 'rollback' ? { run: at.options.context.runId, from: left, to: from.number } : served.back;
  return move(live, at, { number: from.number, weights: {}, served: { ...served, back, marker: '' } });
}

/** The rollout has arrived: from now on it is the version that served last. */
export async function unmark({ of }: Step, at: At): Promise<Performed> {
  const [to, found] = await both(of, at);
  if (to === undefined) return { is: 'missing' };
  const { marker = null } = found ?? {};
  if (found === null || marker?.to !== of || marker.percent !== 100) return { is: 'lost' };
  const { live, served } = found;
  const numbers = inFront(to.number, served.numbers);
  return move(live, at, { number: to.number, weights: {}, served: { ...served, numbers, marker: '' } });
}

interface Found {
  readonly live: AliasConfiguration;
  readonly served: Served;
  /** Of the rollout under way; null where none is. */
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
        // What is not sent stays: a weight of an earlier rollout would go on.
        RoutingConfig: { AdditionalVersionWeights: weights },
        Description: writeServed(served),
        RevisionId: live.RevisionId,
      },
      http,
    ),
  );
  return done('serving', 'versions', 'watch');
}
