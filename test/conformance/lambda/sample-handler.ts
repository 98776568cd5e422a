/** The handler of examples/lambda-handler with a trained release of the sample, as functions that run. */
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';
import { startFunction, type Running } from '../beds/lambda-bed.ts';
import { freePort } from '../beds/processes.ts';

/** Rows of the sample, and what they are. */
export function heldOut(): {
  readonly instances: readonly (readonly number[])[];
  readonly labels: readonly number[];
} {
  return JSON.parse(readFileSync(join(root, 'model/cases/held-out.json'), 'utf8')) as never;
}

export interface Sample {
  /** A folder in whose `trained` the sample was trained. */
  readonly work: string;
  /** Of the function, in that folder. */
  readonly name: string;
  /** Such as `v1`. */
  readonly release: string;
  /** What the handler begins with. */
  readonly code?: string;
}

export async function startSample({ work, name, release, code = '' }: Sample): Promise<Running> {
  const model = join(work, name, 'model');
  const folder = join(work, name, 'task');
  mkdirSync(folder, { recursive: true });
  cpSync(join(work, 'trained/build', release), model, { recursive: true });
  cpSync(join(root, 'model/code'), join(model, 'code'), { recursive: true });
  const app = readFileSync(join(root, 'examples/lambda-handler/app.py'), 'utf8');
  writeFileSync(join(folder, 'app.py'), app.replace('import base64\n', `${code}import base64\n`));
  const ports = [await freePort(), await freePort()] as const;
  return startFunction({ folder, handler: 'app.handler', model, ports, log: join(work, `${name}.log`) });
}
