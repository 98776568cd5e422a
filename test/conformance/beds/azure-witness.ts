/** azure-ai-ml, Microsoft's own client of Azure ML, in a process of its own. */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '../../../scripts/lib/paths.ts';
import type { Place } from '../../../src/platforms/azure-ml/resources.ts';

const PYTHON = join(root, 'build/conformance/venv-azure/bin/python');

/** Why it is skipped; null where it is installed. */
export const missingWitness: string | null = existsSync(PYTHON)
  ? null
  : 'skipped: azure-ai-ml is not installed (test/conformance/beds/install-azure-ai-ml.sh)';

export interface Witness {
  /** @param asked one line of test/conformance/azure/witness.py */
  ask<T>(asked: object): Promise<T>;
  close(): void;
}

/** @param address of Azure Resource Manager */
export function startWitness(address: string, { subscription, resourceGroup, workspace }: Place): Witness {
  const script = join(root, 'test/conformance/azure/witness.py');
  const child = spawn(PYTHON, [script, address, subscription, resourceGroup, workspace], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    ask: async <T>(asked: object): Promise<T> => {
      child.stdin.write(`${JSON.stringify(asked)}\n`);
      const line = await lines.next();
      if (line.done === true) throw new Error(`The witness ended at ${JSON.stringify(asked)}.`);
      return JSON.parse(line.value) as T;
    },
    close: () => child.stdin.end(),
  };
}
