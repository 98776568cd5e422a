/**
 * The account is not ours alone. Each fake holds what other people keep in theirs: endpoints, configs, models, alarms,
 * scalable targets, images, buckets and logs, more than one page of each, some of them called like ours, some with our
 * tags of another repository. Nobody may change any of it, and most of it may not even be looked at.
 */
import { isRead, type Call } from '../calls.ts';
import type { Permission } from '../service.ts';
import type { Parts } from '../snapshot.ts';
import type { World } from '../world.ts';
import { deepFreeze } from './deep-freeze.ts';
import { servicesOf } from './services.ts';
import { lambdaOf } from './lambda.ts';
import { sageMakerOf } from './sagemaker.ts';

/**
 * - `closed`: IAM denies every look at what is theirs.
 * - `beside`: it allows what the policies of docs/iam allow, which go by the beginning of a name.
 * - `none`: there is nobody else.
 */
export type Neighbours = 'closed' | 'beside' | 'none';

/** One thing of theirs: what a map of a service holds under a key. */
export interface Thing {
  /** Which map it lies in. */
  readonly of: (parts: Parts) => Map<string, unknown>;
  readonly key: string;
  readonly value: unknown;
  /** What IAM calls it; '' for what has no name there. */
  readonly arn: string;
  /** Called like something of ours, so that the policies of docs/iam reach it. */
  readonly alike: boolean;
}

interface Things {
  readonly all: readonly Thing[];
  readonly values: ReadonlySet<unknown>;
  readonly byArn: ReadonlyMap<string, Thing>;
}

const NOTHING: Things = { all: [], values: new Set(), byArn: new Map() };
const known = new Map<string, Things>();

/** The same in every fake of the same account: made once, and frozen. */
function thingsOf(world: World): Things {
  const key = [world.partition, world.account, world.region].join('/');
  const before = known.get(key);
  if (before !== undefined) return before;
  const all = [...sageMakerOf(world), ...lambdaOf(world), ...servicesOf(world)];
  for (const { value } of all) deepFreeze(value);
  const made: Things = {
    all,
    values: new Set(all.map(({ value }) => value)),
    byArn: new Map(all.filter(({ arn }) => arn !== '').map((thing) => [thing.arn, thing])),
  };
  known.set(key, made);
  return made;
}

export class OtherPeople {
  readonly mode: Neighbours;
  readonly #parts: Parts;
  readonly #things: Things;

  /** Moves them in, where there shall be any. */
  constructor(mode: Neighbours, parts: Parts) {
    this.mode = mode;
    this.#parts = parts;
    this.#things = mode === 'none' ? NOTHING : thingsOf(parts.world);
    for (const { of, key, value } of this.#things.all) of(parts).set(key, value);
  }

  /** What is left of a map of the fake without what is theirs. */
  without<Value>(map: ReadonlyMap<string, Value>): Map<string, Value> {
    return new Map([...map].filter(([, value]) => !this.#things.values.has(value)));
  }

  /** Whether IAM keeps everybody else from it. */
  denies({ resource, action }: Permission): boolean {
    const thing = this.#thingAt(resource);
    if (thing === undefined) return false;
    return this.mode === 'closed' || !thing.alike || !isRead(action.split(':')[1] ?? '');
  }

  /** Whether it is one of theirs; an object belongs to whom its bucket does. */
  owns(arn: string): boolean {
    return this.#thingAt(arn) !== undefined;
  }

  /** What is no longer as they left it. */
  changed(): string[] {
    return this.#things.all
      .filter(({ of, key, value }) => of(this.#parts).get(key) !== value)
      .map(({ arn, key }) => (arn === '' ? key : arn));
  }

  /** Calls that would have changed something of theirs, whether or not they were let. */
  attempts(calls: readonly Call[]): Call[] {
    return calls.filter(
      ({ action, permissions }) => !isRead(action) && permissions.some(({ resource }) => this.owns(resource)),
    );
  }

  /** @throws Error where anything of theirs was changed, or tried to be: whoever did has found a fault */
  check(calls: readonly Call[]): void {
    const changed = [
      ...this.changed(),
      ...this.attempts(calls).map(({ name, input }) => `${name} ${JSON.stringify(input)}`),
    ];
    if (changed.length > 0) throw new Error(`Other people’s things were touched: ${changed.join(', ')}.`);
  }

  #thingAt(arn: string): Thing | undefined {
    const { byArn } = this.#things;
    return byArn.get(arn) ?? byArn.get(arn.replace(/^(arn:[^:]+:s3:::[^/]+)\/.*$/, '$1'));
  }
}
