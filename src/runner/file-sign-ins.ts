/**
 * Who a run is at Azure and Google Cloud, as ml-deploy.yml says it for the environment. What the job's own environment says
 * comes first, and as a whole: half of each would be somebody else.
 */
import type { EnvironmentKey } from '../core/config/environment-keys.ts';
import { isObject } from '../core/json-object.ts';
import type { EnvironmentKeys } from './inputs.ts';
import type { Settings } from './toolbox.ts';

const KEYS = [
  'azure-client-id',
  'azure-tenant-id',
  'gcp-workload-identity-provider',
  'gcp-service-account',
] as const satisfies readonly EnvironmentKey[];

export type FileSignIns = Readonly<Partial<Record<(typeof KEYS)[number], string>>>;

export function signInsOf(said: EnvironmentKeys): FileSignIns {
  return Object.fromEntries(
    KEYS.map((key) => [key, said(key)]).filter((pair): pair is [string, string] => pair[1] !== null),
  );
}

/** What a step left for its post step, which reads no file; '' if it left nothing. */
export function signInsIn(text: string): FileSignIns {
  if (text === '') return {};
  const value: unknown = JSON.parse(text);
  return isObject(value) ? signInsOf((key) => (typeof value[key] === 'string' ? value[key] : null)) : {};
}

export function withSignIns(settings: Settings, said: FileSignIns): Settings {
  const { azure, google } = settings;
  const isAzureSaid = azure.clientId !== null || azure.tenantId !== null;
  const isGoogleSaid = google.workloadIdentityProvider !== null || google.serviceAccount !== null;
  return {
    ...settings,
    azure: isAzureSaid
      ? azure
      : {
          ...azure,
          clientId: said['azure-client-id'] ?? null,
          tenantId: said['azure-tenant-id'] ?? null,
        },
    google: isGoogleSaid
      ? google
      : {
          ...google,
          workloadIdentityProvider: said['gcp-workload-identity-provider'] ?? null,
          serviceAccount: said['gcp-service-account'] ?? null,
        },
  };
}
