/**
 * The last lines that the containers of an endpoint logged, because the link in an error often leads to an empty page.
 */
import { isDenied, isMissing } from '../../clouds/google/errors.ts';
import type { VertexTargetOptions } from './options.ts';

interface Entry {
  readonly textPayload?: string;
  readonly jsonPayload?: { readonly message?: unknown };
}

/**
 * A log that does not exist or cannot be read is not an error.
 * https://docs.cloud.google.com/logging/docs/reference/v2/rest/v2/entries/list
 */
export async function readLog(
  endpoint: string,
  lines: number,
  { rest, hosts, place, log }: Pick<VertexTargetOptions, 'rest' | 'hosts' | 'place' | 'log'>,
): Promise<string> {
  const host = hosts.logging ?? 'https://logging.googleapis.com';
  const filter = [
    'resource.type="aiplatform.googleapis.com/Endpoint"',
    `resource.labels.endpoint_id="${endpoint}"`,
    `resource.labels.location="${place.location}"`,
  ].join(' AND ');
  try {
    const { entries = [] } = await rest.call<{ entries?: readonly Entry[] }>({
      operation: 'logging.entries.list',
      on: endpoint,
      needs: ['logging.logEntries.list'],
      method: 'POST',
      url: `${host}/v2/entries:list`,
      body: {
        resourceNames: [`projects/${place.project}`],
        filter,
        orderBy: 'timestamp desc',
        pageSize: lines,
      },
    });
    return entries.map(textOf).filter(Boolean).reverse().join('\n');
  } catch (error) {
    if (isMissing(error)) return '';
    if (!isDenied(error)) throw error;
    log.info(`The log of ${endpoint} may not be read: ${(error as Error).message}`);
    return '';
  }
}

function textOf({ textPayload, jsonPayload }: Entry): string {
  const message = jsonPayload?.message;
  return (textPayload ?? (typeof message === 'string' ? message : '')).trimEnd();
}
