/**
 * Whether the subscription has the cores that a release needs in the region. Reads only, and never fails: what cannot be read
 * is said to be not checked.
 * https://learn.microsoft.com/azure/machine-learning/how-to-manage-quotas#virtual-machine-quota-allocation-for-deployment
 */
import { AzureFailure } from '../../clouds/azure/errors.ts';
import type { Finding } from '../../documents/plan.ts';
import type { MachineSize, Usage } from './machines.ts';
import type { DeploymentResource, Resources, WorkspaceResource } from './resources.ts';
import { MORE_CORES } from './explain.ts';
import type { Spec } from './spec.ts';

/** A fifth more machines than are asked for are kept back for upgrades. */
export const reserved = (instances: number) => Math.ceil(1.2 * instances);

export interface QuotaAsk {
  readonly spec: Pick<Spec, 'scale'>;
  /** What the version starts with. */
  readonly instances: number;
  /** What the version runs on; undefined if nobody has said. */
  readonly machine: string | undefined;
  readonly workspace: Pick<WorkspaceResource, 'id' | 'location'>;
  /** The version's own deployment if there is one: its machines are counted already. */
  readonly own: Pick<DeploymentResource, 'sku'> | null;
}

type Asks = Pick<Resources, 'machineSizes' | 'usages'>;

export async function quotaFinding(ask: QuotaAsk, resources: Asks): Promise<Finding> {
  const { machine, workspace } = ask;
  const { location } = workspace;
  if (machine === undefined) return unchecked(ask, 'The machine is not known.');
  try {
    const sizes = await resources.machineSizes(location);
    const size = sizes.find(({ name }) => name.toLowerCase() === machine.toLowerCase());
    if (size === undefined) return unchecked(ask, `Azure ML does not list ${machine} in ${location}.`);
    const left = leftOf(size, workspace, await resources.usages(location));
    if (left.length === 0) return unchecked(ask, `Azure ML tells no quota of ${size.family}.`);
    return compared(ask, size, left);
  } catch (error) {
    if (!(error instanceof AzureFailure)) throw error;
    return unchecked(ask, error.message);
  }
}

interface Left {
  readonly of: string;
  readonly cores: number;
  readonly limit: number;
}

/** Of the family, in the subscription and in the workspace, and of all families together. */
function leftOf(
  { family }: MachineSize,
  workspace: Pick<WorkspaceResource, 'id'>,
  usages: readonly Usage[],
): Left[] {
  return usages.flatMap((usage) => {
    const { currentValue = 0, limit = NO_LIMIT } = usage;
    const of = poolOf(usage, family, workspace);
    return of === null || limit === NO_LIMIT ? [] : [{ of, cores: limit - currentValue, limit }];
  });
}

/** Which machines share those cores; null if ours are none of them. */
function poolOf(
  { id = '', type = '', name }: Usage,
  family: string,
  workspace: Pick<WorkspaceResource, 'id'>,
): string | null {
  const kind = type.split('/').at(-2)?.toLowerCase() ?? '';
  if (kind === 'dedicatedcores') return 'all families';
  if (!sameFamily(name?.value ?? '', family)) return null;
  if (kind === 'vmfamily') return family;
  const isOurs = id.toLowerCase().startsWith(`${workspace.id}/`.toLowerCase());
  // Microsoft's own example has both.
  return isOurs && ['workspace', 'workspaces'].includes(kind) ? `${family} in this workspace` : null;
}

const NO_LIMIT = -1;

/** `standardDSv2Family` of the sizes is `Standard DSv2 Family Cluster Dedicated vCPUs` in Microsoft's example of the usages. */
function sameFamily(usage: string, family: string): boolean {
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  return plain(usage).replace(/clusterdedicatedvcpus$/, '') === plain(family);
}

function compared(ask: QuotaAsk, { name, vCPUs }: MachineSize, left: readonly Left[]): Finding {
  const { own, spec, instances, workspace } = ask;
  const runs = own === null ? 0 : reserved(own.sku?.capacity ?? 1);
  const more = (count: number) => Math.max(0, reserved(count) - runs) * vCPUs;
  const now = more(instances);
  const most = Math.max(now, more(spec.scale?.max ?? 0));
  const scaled = most > now ? `, and ${most} at max-capacity` : '';
  const shares = left.map(({ of, cores, limit }) => `${cores} of ${limit} for ${of}`).join(', ');
  const message =
    `The release needs a quota of ${now} more cores for ${name}${scaled}: Azure ML reserves a fifth more machines for its upgrades. ` +
    `Left in ${workspace.location}: ${shares}.`;
  return left.every(({ cores }) => cores >= most)
    ? { level: 'ok', message }
    : { level: 'warning', message: `${message} ${MORE_CORES}` };
}

function unchecked({ spec, instances, machine }: QuotaAsk, why: string): Finding {
  const count = reserved(spec.scale?.max ?? instances);
  const message = `The quota: Azure ML reserves a fifth more machines for its upgrades, and the cores of ${count} more ${machine ?? 'machines'} are needed. ${why}`;
  return { level: 'not-checked', message };
}
