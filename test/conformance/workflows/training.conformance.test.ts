/**
 * The commands of the job `train` in deploy-ml-model.yml, which the other tests run with a stand-in for Python: here each as
 * it stands, with a real Python, in a copy of what is committed.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { workflow } from '../../contract/workflow-files.ts';

/** With the packages of model/requirements.txt. */
const installed = join(root, 'build/conformance/venv');
const missing = existsSync(installed)
  ? null
  : 'Python’s packages are not installed (test/conformance/beds/install-python.sh)';
if (missing !== null) console.log(`skipped: training as in deploy-ml-model.yml: ${missing}`);

describe.skipIf(missing !== null)('the job train of deploy-ml-model.yml, with a real Python', () => {
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-train-'));
  const checkout = join(folder, 'checkout');

  beforeAll(() => {
    const files = execFileSync('git', ['ls-files', 'model'], { cwd: root, encoding: 'utf8' }).trim();
    for (const file of files.split('\n')) {
      mkdirSync(dirname(join(checkout, file)), { recursive: true });
      cpSync(join(root, file), join(checkout, file));
    }
    makeEnvironment(join(folder, 'venv'));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('installs, trains, tests with coverage, and leaves what is uploaded', () => {
    const { steps = [] } = workflow('deploy-ml-model.yml').jobs.train ?? {};
    const commands = steps.flatMap(({ run }) => (run === undefined ? [] : [run]));
    expect(commands.map((line) => line.split(' ').slice(0, 3).join(' '))).toEqual([
      'pip install -r',
      'python model/train.py --out',
      'cp trained/build/v2/model.joblib trained/releases/v2/archive/',
      'python -m pytest',
    ]);
    const env = { ...process.env, PATH: [join(folder, 'venv/bin'), process.env.PATH].join(delimiter) };
    const outputs = commands.map((command) => {
      const { status, stdout, stderr } = spawnSync('bash', ['-e', '-c', command], { cwd: checkout, env });
      expect(status, `${command}\n${String(stdout)}${String(stderr)}`).toBe(0);
      return String(stdout);
    });
    expect(outputs.at(-1)).toMatch(/TOTAL +\d+ +\d+ +\d+%/);
    const uploaded = steps.find(({ uses }) => uses?.startsWith('actions/upload-artifact@'))?.with?.path;
    expect(readdirSync(join(checkout, String(uploaded))).sort()).toEqual(['archive', 'reference.onnx']);
    const archive = readdirSync(join(checkout, String(uploaded), 'archive')).sort();
    expect(archive).toEqual(['model.joblib', 'model.onnx']);
  });
});

/** An environment of its own over the installed packages, so that pip finds them and adds only what is missing. */
function makeEnvironment(path: string): void {
  execFileSync(join(installed, 'bin/python'), ['-m', 'venv', path]);
  const [version = ''] = readdirSync(join(path, 'lib'));
  const packages = join('lib', version, 'site-packages');
  writeFileSync(join(path, packages, 'installed.pth'), `${join(installed, packages)}\n`);
}
