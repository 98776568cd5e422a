/** Where a local endpoint keeps what it knows. */
import { join } from 'node:path';

export interface Layout {
  readonly endpoint: string;
  /** `.ml-deploy/local/<endpoint>` */
  readonly folder: string;
  /** What serves and served; written by the server only. */
  readonly stateFile: string;
  /** The server process: its identity, port and token; there while it runs, or when it was killed. */
  readonly serverFile: string;
  /** Held by the client that changes the endpoint. */
  readonly lockFile: string;
  readonly logFile: string;
  readonly versionsDir: string;
  readonly versionDir: (version: string) => string;
}

export function layoutOf(root: string, endpoint: string): Layout {
  return layoutOfFolder(join(root, endpoint), endpoint);
}

export function layoutOfFolder(folder: string, endpoint: string): Layout {
  const versionsDir = join(folder, 'versions');
  return {
    endpoint,
    folder,
    stateFile: join(folder, 'state.json'),
    serverFile: join(folder, 'server.json'),
    lockFile: join(folder, 'lock'),
    logFile: join(folder, 'server.log'),
    versionsDir,
    versionDir: (version) => join(versionsDir, version),
  };
}

/** Folders that begin with this are leftovers of something that was cut short. */
export const UNFINISHED = '.unfinished-';

/** Whether something in the folder of the versions was made by us. */
export function isFolderName(name: string): boolean {
  return /^(\.unfinished-[0-9a-f]+|[0-9a-f]{64})$/.test(name);
}
