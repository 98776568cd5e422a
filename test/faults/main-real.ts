/** The matrix of processes that are killed. */
import { join } from 'node:path';
import { root } from '../../scripts/lib/paths.ts';
import { PART } from '../share.ts';
import type { Count } from './main-matrix.ts';
import { AZURE_ML_FLOWS } from './real-azure.ts';
import { LAMBDA_FLOWS } from './real-lambda.ts';
import { SAGEMAKER_FLOWS } from './real-sagemaker.ts';
import { VERTEX_AI_FLOWS } from './real-vertex.ts';
import { killsOf, realBaseline, tryKill, type RealFlow, type RealVerdict } from './real.ts';

export const REAL_DIST = process.env.ML_DEPLOY_TEST_DIST ?? join(root, 'dist');

const FLOWS = [...SAGEMAKER_FLOWS, ...LAMBDA_FLOWS, ...AZURE_ML_FLOWS, ...VERTEX_AI_FLOWS];

export async function printReal(name: string, every: number, workers: number): Promise<Count> {
  const all: RealVerdict[] = [];
  for (const flow of FLOWS.filter((known) => known.name.includes(name))) {
    const { calls, verdicts } = await killEverywhere(flow, every, workers, PART);
    const cells = (['before', 'after'] as const).map((when) => {
      const of = verdicts.filter((verdict) => verdict.when === when);
      return `kill-${when} ${of.filter(({ wrong }) => wrong.length === 0).length}/${of.length}`;
    });
    process.stdout.write(`${flow.name} (${calls} calls, real processes): ${cells.join(', ')}\n`);
    all.push(...verdicts);
  }
  const failed = all.filter(({ wrong }) => wrong.length > 0);
  for (const { flow, when, place, wrong, words } of failed) {
    const at = `  ✗ ${flow}: killed ${when} ${place.name} ${place.nth}: ${wrong.join('; ')}\n`;
    process.stdout.write(at + words.replaceAll(/^/gm, '    ').trimEnd() + '\n');
  }
  return { good: all.length - failed.length, all: all.length };
}

/** At one call of the flow, before it and after it: at another one for each seed. @param of so many flows, one is tried */
export function killSomewhere(flow: RealFlow, of: number): Promise<{ verdicts: RealVerdict[] }> {
  return killEverywhere(flow, Number.POSITIVE_INFINITY, 1, Math.floor(PART / of));
}

/** @param every each n-th call of a flow alone, one at least, 1 for all of them; `part` says with which one that begins */
async function killEverywhere(
  flow: RealFlow,
  every: number,
  workers: number,
  part = 0,
): Promise<{ calls: number; verdicts: RealVerdict[] }> {
  const base = await realBaseline(flow, REAL_DIST);
  const step = Math.min(every, base.places.length);
  const queue = killsOf(base.places.filter((_, index) => index % step === part % step));
  const verdicts: RealVerdict[] = [];
  const work = async () => {
    for (let kill = queue.shift(); kill !== undefined; kill = queue.shift())
      verdicts.push(await tryKill(flow, kill, base, REAL_DIST));
  };
  await Promise.all(Array.from({ length: workers }, work));
  return { calls: base.places.length, verdicts };
}
