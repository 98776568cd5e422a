/** An endpoint as Azure returns it, and as it is sent to Azure. */
import { isObject } from '../../core/json-object.ts';
import type { CloudSettings } from '../../core/plan/cloud-settings.ts';

export type ProvisioningState =
  'Creating' | 'Updating' | 'Scaling' | 'Deleting' | 'Succeeded' | 'Failed' | 'Canceled';

/** The parts of an answer that are used; all others are kept as they are. */
export interface EndpointResource {
  readonly name: string;
  readonly location: string;
  readonly tags?: Readonly<Record<string, string>> | null;
  readonly identity?: Identity | null;
  readonly properties: {
    readonly authMode: 'AADToken' | 'AMLToken' | 'Key';
    readonly provisioningState: ProvisioningState;
    readonly scoringUri?: string | null;
    /** Percent by deployment. */
    readonly traffic?: Readonly<Record<string, number>> | null;
    readonly mirrorTraffic?: Readonly<Record<string, number>> | null;
    readonly properties?: Readonly<Record<string, string>> | null;
    readonly [more: string]: unknown;
  };
  readonly [more: string]: unknown;
}

interface Identity {
  readonly type: string;
  readonly userAssignedIdentities?: Readonly<Record<string, unknown>> | null;
  readonly [more: string]: unknown;
}

export interface EndpointChange {
  readonly traffic: Readonly<Record<string, number>>;
  /** Added to the existing ones; null removes one. */
  readonly tags: Readonly<Record<string, string | null>>;
}

const AUTH_MODES = { 'aad-token': 'AADToken', 'aml-token': 'AMLToken', key: 'Key' } as const;

/** With the values of the inputs. */
export function authModeOf({ properties: { authMode } }: EndpointResource): keyof typeof AUTH_MODES {
  const modes = Object.entries(AUTH_MODES) as [keyof typeof AUTH_MODES, string][];
  return modes.find(([, mode]) => mode.toLowerCase() === authMode.toLowerCase())?.[0] ?? 'aad-token';
}

/** The only user-assigned identity; null if it has one of its own, or several. */
export function identityIn({ identity }: EndpointResource): string | null {
  const ids = Object.keys(identity?.userAssignedIdentities ?? {});
  return ids.length === 1 ? (ids[0] ?? null) : null;
}

/** A new endpoint: it gets no traffic before it has a deployment. */
export function newEndpoint(
  { authMode = 'aad-token', userAssignedIdentity, publicNetworkAccess = 'enabled' }: CloudSettings,
  { location, tags }: { readonly location: string; readonly tags: Readonly<Record<string, string>> },
): Record<string, unknown> {
  return {
    location,
    tags,
    identity:
      userAssignedIdentity === undefined
        ? { type: 'SystemAssigned' }
        : { type: 'UserAssigned', userAssignedIdentities: { [userAssignedIdentity]: {} } },
    properties: {
      authMode: AUTH_MODES[authMode],
      publicNetworkAccess: publicNetworkAccess === 'enabled' ? 'Enabled' : 'Disabled',
      properties: {},
      traffic: {},
    },
  };
}

/** What Azure writes and nobody can send back. */
const OF_AZURE: ReadonlySet<string> = new Set(['id', 'name', 'type', 'systemData', 'etag']);
const PROPERTIES_OF_AZURE: ReadonlySet<string> = new Set([
  'provisioningState',
  'scoringUri',
  'swaggerUri',
  'traffic',
]);
/**
 * REC: Azure puts the signed URL of an endpoint's last operation among the endpoint's own properties; if it were sent
 * back, it would stay for ever.
 */
const KEYS_OF_AZURE = /^(azureml\.|AzureAsyncOperationUri$)/;

/**
 * The whole body for a change of traffic or tags. A PATCH cannot change traffic, and a PUT removes what it does not
 * name: so everything that is there is sent again, known to us or not, except what Azure writes itself.
 */
export function changedEndpoint(
  found: EndpointResource,
  { traffic, tags }: EndpointChange,
): Record<string, unknown> {
  const { identity, properties, tags: before, ...rest } = found;
  return {
    ...without(rest, OF_AZURE),
    tags: mergedTags(before ?? {}, tags),
    ...(identity ? { identity: sentIdentity(identity) } : {}),
    properties: {
      ...without(properties, PROPERTIES_OF_AZURE),
      properties: ownProperties(properties.properties ?? {}),
      traffic,
    },
  };
}

function without(
  object: Readonly<Record<string, unknown>>,
  names: ReadonlySet<string>,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(object).filter(([name]) => !names.has(name)));
}

function mergedTags(
  before: Readonly<Record<string, string>>,
  changes: Readonly<Record<string, string | null>>,
): Record<string, string> {
  const all = Object.entries({ ...before, ...changes });
  return Object.fromEntries(all.filter((pair): pair is [string, string] => pair[1] !== null));
}

function ownProperties(properties: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !KEYS_OF_AZURE.test(name)));
}

/** We say which identities there are; Azure says who they are. */
function sentIdentity({ type, userAssignedIdentities: assigned }: Identity): Record<string, unknown> {
  if (!isObject(assigned)) return { type };
  return { type, userAssignedIdentities: Object.fromEntries(Object.keys(assigned).map((id) => [id, {}])) };
}
