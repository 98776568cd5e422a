/** What a plan says of everything around the function: what is there, what will change, what it costs and guarantees. */
import type { Problem } from '../../../core/errors.ts';
import type { Change, Desired, Finding } from '../../../documents/plan.ts';
import { knownVersions, type Seen } from '../describe.ts';
import { TAG, type LambdaTargetOptions } from '../options.ts';
import type { Reads } from '../reads.ts';
import type { Version } from '../versions.ts';
import { unusedOf } from './around.ts';
import { nextOfDoor } from './door.ts';
import type { Beside, Due } from './due.ts';
import { provisionOf, readProvisions, type Provisions } from './provisioned.ts';
import { aroundOf, sayDoor, sayProvision, type Around, type Provision } from './wanted.ts';
import { nextOfWarmUp } from './warm-up.ts';

export interface Standing {
  readonly reads: Reads;
  readonly seen: Seen;
  /** The version that serves; null if nothing does. */
  readonly current: Version | null;
}

export interface Looked {
  /** What serves has now. */
  readonly has: Provision | null;
  readonly compare: (desired: Desired) => Promise<Compared>;
}

export interface Compared {
  readonly changes: readonly Change[];
  readonly findings: readonly Finding[];
  readonly problems: readonly Problem[];
}

export async function lookAround(
  endpoint: string,
  { reads, seen, current }: Standing,
  options: LambdaTargetOptions,
): Promise<Looked> {
  const provisions = seen.fn === null ? null : await readProvisions(endpoint, reads, options);
  const has = provisions === null || current === null ? null : await provisionOf(current.number, provisions);
  const left = provisions === null ? [] : await leftProvisions(provisions, reads, seen);
  const { fn, live } = seen;
  const beside =
    fn === null || live === null
      ? null
      : { endpoint, options, reads, fn, live, made: new Map<string, string>() };
  return {
    has,
    compare: async (desired) => {
      const wanted = aroundOf(desired);
      const quota = await quotaOf(wanted, has, options);
      return {
        changes: [...(await changesOf(wanted, has, beside)), ...left],
        findings: [...findingsOf(wanted, has), ...quota.findings],
        problems: quota.problems,
      };
    },
  };
}

async function changesOf(wanted: Around, has: Provision | null, beside: Beside | null): Promise<Change[]> {
  const { provisioned = null, warmUp, door } = wanted;
  const tags = beside?.fn.Tags ?? {};
  const rows: readonly (Change & { readonly isSame: boolean })[] = [
    {
      field: 'provisioned-concurrency',
      from: sayProvision(has),
      to: sayProvision(provisioned),
      isSame: isSameProvision(has, provisioned),
    },
    {
      field: 'warm-up',
      from: tags[TAG.warmUp] ?? null,
      to: warmUp ?? null,
      isSame: beside === null ? warmUp === undefined : isNone(await nextOfWarmUp(warmUp, beside)),
    },
    {
      field: 'api',
      from: tags[TAG.url] ?? null,
      to: sayDoor(door),
      isSame: beside === null ? door.kind === 'none' : isNone(await nextOfDoor(door, beside)),
    },
  ];
  return rows.flatMap(({ isSame, ...change }) => (isSame ? [] : [change]));
}

const isNone = (due: Due | null) => due === null;

/** What is provisioned for versions that no alias names: a run died before it removed that, and it is billed. */
async function leftProvisions(provisions: Provisions, reads: Reads, seen: Seen): Promise<Change[]> {
  const unused = await unusedOf(provisions, reads, knownVersions(seen));
  const changes = unused.map(async ({ id, number }): Promise<Change> => {
    const has = sayProvision(await provisionOf(number, provisions));
    return { field: 'provisioned-concurrency', from: `${has ?? ''} of ${id}`, to: null };
  });
  return Promise.all(changes);
}

/** The number that autoscaling has reached is not a difference. */
function isSameProvision(has: Provision | null, wanted: Provision | null): boolean {
  if (has === null || wanted === null) return has === wanted;
  const { scaling, count } = wanted;
  if (scaling === undefined) return has.scaling === undefined && has.count === count;
  return JSON.stringify(has.scaling) === JSON.stringify(scaling);
}

function findingsOf({ door, provisioned, warmUp }: Around, has: Provision | null): Finding[] {
  const findings: Finding[] = [];
  const isOpen = door.kind !== 'none' && door.authorization === 'none';
  if (isOpen) {
    const limit =
      door.kind === 'function-url'
        ? 'A function URL does not limit their requests'
        : `The API lets ${door.rate} requests a second through`;
    const message = `Anyone on the internet can call the function (api-authorization: none). ${limit}, and you pay for each of them.`;
    findings.push({ level: 'warning', message });
  }
  if (provisioned !== undefined) {
    const twice =
      has === null ? '' : ' During this release the old version keeps its own, and you pay for both.';
    const message = `Lambda keeps ${provisioned.count} environments started. You pay for them whether requests come or not.${twice}`;
    findings.push({ level: 'ok', message });
  }
  if (warmUp !== undefined) {
    const message =
      'The warm-up usually keeps one environment started. A second request at the same moment still waits for a cold start, ' +
      'and Lambda can end the environment at any time. Only provisioned-concurrency guarantees started environments.';
    findings.push({ level: 'warning', message });
  }
  return findings;
}

/** Of the environments that an account may run at once, 100 stay for functions without any of their own. */
const KEPT_FREE = 100;

async function quotaOf(
  { provisioned }: Around,
  has: Provision | null,
  { clients }: LambdaTargetOptions,
): Promise<Pick<Compared, 'findings' | 'problems'>> {
  if (provisioned === undefined || provisioned.count === has?.count) return { findings: [], problems: [] };
  try {
    const lambda = await clients.lambda();
    const { AccountLimit } = await clients.call('lambda:GetAccountSettings', (http) =>
      lambda.getAccountSettings({}, http),
    );
    const free = (AccountLimit?.UnreservedConcurrentExecutions ?? Infinity) - KEPT_FREE;
    if (provisioned.count <= free) return { findings: [], problems: [] };
    const message = `${provisioned.count} environments are more than this account and region have left (${Math.max(0, free)}).`;
    const fix = 'Ask AWS for a higher quota of concurrent executions, or use fewer.';
    return { findings: [], problems: [{ where: 'lambda: provisioned-concurrency', message, fix }] };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    const message = `Not checked: whether the account has ${provisioned.count} environments left. ${why}`;
    return { findings: [{ level: 'not-checked', message }], problems: [] };
  }
}
