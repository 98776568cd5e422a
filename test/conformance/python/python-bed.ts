import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';

/** The Python of the virtual environment that install-python.sh makes. */
export const python = join(root, 'build/conformance/venv/bin/python');

/** Why the tests that need Python cannot run; null where they can. */
export function whyNoPython(): string | null {
  if (!existsSync(python))
    return 'skipped: the Python environment is not installed (test/conformance/beds/install-python.sh)';
  const imports = spawnSync(python, ['-c', 'import onnxruntime, sklearn, joblib'], { stdio: 'ignore' });
  return imports.status === 0 ? null : 'skipped: the Python environment lacks onnxruntime or scikit-learn';
}

/** Trains the sample's models below `out`. */
export function train(out: string): void {
  execFileSync(python, ['train.py', '--out', out], { cwd: join(root, 'model'), stdio: 'ignore' });
}
