/** Where files go that no input names: one folder in the workspace that git does not see. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { RunContext } from './ports.ts';

const FOLDER = '.ml-deploy';

/** The folder that holds the state of local endpoints, one folder for each. */
export function localEndpointsDir(context: RunContext): string {
  return join(context.workspace, FOLDER, 'local');
}

/** `file:///…/.ml-deploy/store/` */
export function defaultStoreUrl(context: RunContext): string {
  return `${pathToFileURL(join(context.workspace, FOLDER, 'store')).href}/`;
}

/** For runs without a runner: a folder that no other user of the machine can have made before. */
export function privateTemp(workspace: string): string {
  return join(workspace, FOLDER, 'temp');
}

/** Makes the folder, and tells git to leave it alone. */
export async function prepareWorkspace(context: RunContext): Promise<void> {
  await mkdir(join(context.workspace, FOLDER), { recursive: true });
  await writeFile(join(context.workspace, FOLDER, '.gitignore'), '*\n');
}

/** A path for a document of this run, such as a plan; the folder is made. */
export async function runFile(context: RunContext, name: string): Promise<string> {
  if (context.temp === privateTemp(context.workspace)) await prepareWorkspace(context);
  const folder = join(context.temp, 'ml-deploy');
  await mkdir(folder, { recursive: true });
  return join(folder, name);
}
