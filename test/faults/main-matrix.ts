/** The matrix on all cores: each thread takes its share of every flow. */
import { Worker } from 'node:worker_threads';
import { denialLines, failureLine, matrixLine, type FlowVerdicts, type Share } from './share.ts';

export interface Count {
  readonly good: number;
  readonly all: number;
}

export async function printMatrix(
  choice: Pick<Share, 'flow' | 'fault'> & { readonly every: number; readonly workers: number },
): Promise<Count> {
  const { flow, fault, every, workers } = choice;
  const found = new Map<string, FlowVerdicts[]>();
  /** A flow is printed when all have done their share of it. */
  const take = (one: FlowVerdicts) => {
    const parts = [...(found.get(one.flow) ?? []), one];
    found.set(one.flow, parts);
    if (parts.length < workers) return;
    const verdicts = parts.flatMap((part) => part.verdicts);
    const denials = parts.flatMap((part) => part.denials);
    process.stdout.write(`${matrixLine({ ...one, verdicts, denials })}\n`);
  };
  const shares = Array.from({ length: workers }, (_, part) => ({ part, of: workers * every, flow, fault }));
  await Promise.all(shares.map((share) => inThread(share, take)));
  const all = [...found.values()].flat().flatMap(({ verdicts }) => verdicts);
  const failed = all.filter(({ wrong }) => wrong.length > 0);
  for (const verdict of failed) process.stdout.write(`${failureLine(verdict)}\n`);
  const denials = [...found.values()].flat();
  const reads = denials.flatMap((one) => one.denials).length;
  const lines = denials.flatMap(denialLines);
  for (const line of lines) process.stdout.write(`${line}\n`);
  return { good: all.length - failed.length + reads - lines.length, all: all.length + reads };
}

function inThread(workerData: Share, take: (one: FlowVerdicts) => void): Promise<void> {
  const worker = new Worker(new URL('worker.ts', import.meta.url), { workerData });
  worker.on('message', take);
  return new Promise((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`A thread of the matrix ended with ${code}.`));
    });
  });
}
