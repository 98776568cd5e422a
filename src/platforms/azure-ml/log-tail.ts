/** The last lines of a deployment's two containers: the model's server, and the one that fetches the model. */
import { isDenied, isMissing } from '../../clouds/azure/errors.ts';
import type { AzureMlTargetOptions } from './options.ts';
import type { LogSource } from './resources.ts';

export type Logs = Readonly<Record<LogSource, string>>;

/** '' for a container that has not started; null if the logs cannot be read, which is logged. */
export async function logsOf(
  endpoint: string,
  deployment: string,
  lines: number,
  { resources, log }: Pick<AzureMlTargetOptions, 'resources' | 'log'>,
): Promise<Logs | null> {
  try {
    const read = async (container: LogSource) =>
      (await resources.logs(endpoint, deployment, container, lines)).trimEnd();
    return {
      StorageInitializer: await read('StorageInitializer'),
      InferenceServer: await read('InferenceServer'),
    };
  } catch (error) {
    if (isMissing(error)) return { StorageInitializer: '', InferenceServer: '' };
    if (!isDenied(error)) throw error;
    log.info(`The logs of ${deployment} may not be read: ${(error as Error).message}`);
    return null;
  }
}

/** For people: '' if there is nothing. */
export function textOf(logs: Logs | null): string {
  return Object.entries(logs ?? {})
    .flatMap(([container, text]) => (text === '' ? [] : [`${container}:\n${text}`]))
    .join('\n');
}
