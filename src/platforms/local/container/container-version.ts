/** A version that a container serves: where its files are, and what the container is started with. */
import { access, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '../../../core/canonical-json.ts';
import type { Layout } from '../layout.ts';

/** What container.json holds. It has the values of the environment, and is readable by its owner only. */
export interface ContainerSettings {
  /** With its digest. */
  readonly image: string;
  readonly environment: Readonly<Record<string, string>>;
  /**
   * What the digests of the values are keyed with, so a changed value is found out. It is of this endpoint alone: with it,
   * nobody learns more than the values beside it.
   */
  readonly environmentKey: string | null;
  /** How long it may take until it answers /ping, in milliseconds. */
  readonly startupMs: number;
}

export function modelFolder(versionFolder: string): string {
  return join(versionFolder, 'model');
}

function settingsFile(versionFolder: string): string {
  return join(versionFolder, 'container.json');
}

export async function writeSettings(versionFolder: string, settings: ContainerSettings): Promise<void> {
  await writeFile(settingsFile(versionFolder), JSON.stringify(settings, null, 2), { mode: 0o600 });
}

/** @throws if it is missing or damaged. */
export async function readSettings(versionFolder: string): Promise<ContainerSettings> {
  return JSON.parse(await readFile(settingsFile(versionFolder), 'utf8')) as ContainerSettings;
}

/** Whether any version of the endpoint is a container's, so containers of it may be there. */
export async function hasContainers({ versionsDir }: Layout): Promise<boolean> {
  for (const name of await readdir(versionsDir).catch(() => [])) {
    const found = await access(settingsFile(join(versionsDir, name))).then(
      () => true,
      () => false,
    );
    if (found) return true;
  }
  return false;
}

/** What every container of an endpoint carries: the folder tells endpoints of the same name apart. */
export function ownLabels({ endpoint, folder }: Layout): ReadonlyMap<string, string> {
  return new Map([
    ['ml-deploy.endpoint', endpoint],
    ['ml-deploy.folder', sha256(folder).slice(0, 16)],
  ]);
}
