/**
 * The sample model, served by its own Python code and by the local target: parity holds over all held-out rows, and each
 * of six planted faults is caught and named.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { startProcess, untilReady, type Process } from '../beds/processes.ts';
import { runAction } from '../beds/run-action.ts';
import { python, train, whyNoPython } from '../python/python-bed.ts';

const reason = whyNoPython();
if (reason !== null) console.log(reason);

/** Each planted fault, and what a smoke test must call it. */
const FAULTS = [
  ['permuted features', 'feature order'],
  ['unscaled input', 'saturated answers'],
  ['swapped classes', 'class order'],
  ['stale model', 'other version'],
  ['float16', 'reduced precision'],
  ['constant answer', 'constant answer'],
] as const;

const CASES = join(root, 'model/cases/held-out.json');
const referenceOf = (release: string) => join(root, 'model/releases', release, 'reference.onnx');
const COMPARED = { 'model-path': referenceOf('v2'), 'earlier-models': referenceOf('v1'), cases: CASES };
const ROWS = 143;

describe.skipIf(reason !== null)(`parity and planted faults ${reason ?? ''}`, () => {
  const work = mkdtempSync(join(tmpdir(), 'ml-deploy-parity-'));
  const surroundings = { workspace: work, env: { RUNNER_TEMP: join(work, 'temp') } };

  beforeAll(() => train(join(work, 'model')));
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  async function smokeTest(inputs: Record<string, string>) {
    const dir = mkdtempSync(join(work, 'report-'));
    const ran = await runAction('smoke-test', { ...COMPARED, ...inputs, 'report-dir': dir }, surroundings);
    const report = JSON.parse(readFileSync(join(dir, 'report.json'), 'utf8')) as Report;
    return { ...ran, report };
  }

  describe('the Python code in a process of its own', () => {
    let server: Process | undefined;
    afterAll(() => server?.stop());

    /** Starts serve.py as its image does. */
    async function start(release: string, fault: string | null): Promise<string> {
      await server?.stop();
      const dir = mkdtempSync(join(work, 'sagemaker-'));
      cpSync(join(work, 'model/build', release), dir, { recursive: true });
      mkdirSync(join(dir, 'code'), { recursive: true });
      const real = fault === null ? 'inference.py' : 'real_inference.py';
      cpSync(join(root, 'model/code/inference.py'), join(dir, 'code', real));
      if (fault !== null)
        cpSync(join(import.meta.dirname, 'faulty_inference.py'), join(dir, 'code/inference.py'));
      const env = {
        PATH: process.env.PATH,
        SM_MODEL_DIR: dir,
        SAGEMAKER_BIND_TO_PORT: '0',
        FAULT: fault ?? '',
      };
      const log = join(dir, 'log');
      server = startProcess(python, [join(root, 'model/serve.py')], { log, env });
      const port = () => /listening on port (\d+)/.exec(readFileSync(log, 'utf8'))?.[1];
      await untilReady(server, () => Promise.resolve(port() !== undefined));
      return `http://127.0.0.1:${port()}/invocations`;
    }

    test.each(['instances', 'csv'])('agrees on every held-out row (protocol: %s)', async (protocol) => {
      const url = await start('v2', null);
      const { exitCode, outputs, log } = await smokeTest({
        'endpoint-url': url,
        protocol,
        probes: 'always',
        'min-accuracy': '0.95',
        'max-accuracy-drop': '0',
      });
      expect(exitCode, log).toBe(0);
      expect(outputs).toMatchObject({ passed: 'true', compared: String(ROWS * 3), mismatches: '0' });
    });

    test.each(FAULTS)('%s is caught, and named: %s', async (fault, kind) => {
      const url = await start(fault === 'stale model' ? 'v1' : 'v2', fault);
      const { exitCode, report, log } = await smokeTest({ 'endpoint-url': url });
      expect(exitCode, log).toBe(1);
      expect(report.parity.mismatches).toBeGreaterThan(0);
      expect(report.causes.map((cause) => cause.kind)).toEqual([kind]);
      console.log(`Python, ${fault}: ${report.causes[0]?.message}`);
    });
  });

  describe('the local target', () => {
    const endpoint = { target: 'local', 'endpoint-name': 'parity' };
    const planted = join(work, 'planted');

    beforeAll(() => {
      const plant = join(import.meta.dirname, 'plant_faults.py');
      execFileSync(python, [plant, referenceOf('v2'), planted], { stdio: 'pipe' });
      cpSync(join(root, 'model/releases/v1/archive'), join(planted, 'stale model'), { recursive: true });
    });
    afterAll(() =>
      runAction('deploy-endpoint', { ...endpoint, command: 'teardown', confirm: 'parity' }, surroundings),
    );

    async function deploy(folder: string): Promise<void> {
      const packed = await runAction('package-model', { 'model-path': folder }, surroundings);
      expect(packed.exitCode, packed.log).toBe(0);
      const url = packed.outputs['model-data-url'] ?? '';
      const deployed = await runAction(
        'deploy-endpoint',
        // The faulty models name their outputs as they like.
        { ...endpoint, 'model-data-url': url, 'allow-signature-change': 'true' },
        surroundings,
      );
      expect(deployed.exitCode, deployed.log).toBe(0);
    }

    test.each(['instances', 'csv', 'v2'])('agrees on every held-out row (protocol: %s)', async (protocol) => {
      await deploy(join(root, 'model/releases/v2/archive'));
      const { exitCode, outputs, log } = await smokeTest({ ...endpoint, protocol, probes: 'always' });
      expect(exitCode, log).toBe(0);
      expect(outputs).toMatchObject({ passed: 'true', compared: String(ROWS * 3), mismatches: '0' });
    });

    test.each(FAULTS)('%s is caught, and named: %s', async (fault, kind) => {
      await deploy(join(planted, fault));
      const { exitCode, report, log } = await smokeTest(endpoint);
      expect(exitCode, log).toBe(1);
      expect(report.parity.mismatches).toBeGreaterThan(0);
      expect(report.causes.map((cause) => cause.kind)).toEqual([kind]);
      console.log(`local target, ${fault}: ${report.causes[0]?.message}`);
    });
  });
});

interface Report {
  readonly parity: { readonly mismatches: number };
  readonly causes: readonly { readonly kind: string; readonly message: string }[];
}
