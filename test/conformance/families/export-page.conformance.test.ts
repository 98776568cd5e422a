/** The blocks of docs/onnx-export.md as they are written: what they export is packed, served, and predicts the same. */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { blocksOf, proseOf, readPage } from '../../contract/docs-pages.ts';
import { hasBundle, runAction } from '../beds/run-action.ts';

const PYTHON = join(root, 'build/conformance/venv-families/bin/python');
const reason = !existsSync(PYTHON)
  ? 'skipped: the libraries of the families are not installed (test/conformance/beds/install-families.sh)'
  : !hasBundle()
    ? 'skipped: dist is not built (npm run build)'
    : null;
if (reason !== null) console.log(reason);

const page = readPage('docs/onnx-export.md');
const [beginning, ...blocks] = blocksOf(page).filter(({ language }) => language === 'python');
/** Their packages are too large to be installed for a test; the page says so. */
const NOT_RUN = ['PyTorch', 'Keras'];
const RUN = blocks.filter(({ heading }) => !NOT_RUN.includes(heading));

/** What the library itself predicts for some rows, as cases of smoke-test. */
const RECORD = `
import json, pandas
rows = X[::19]
instances = rows.to_dict("records") if isinstance(rows, pandas.DataFrame) else rows.tolist()
expected = {"predictions": model.predict(rows).tolist(), "probabilities": model.predict_proba(rows).tolist()}
json.dump({"instances": instances, "labels": y[::19].tolist(), "expected": expected}, open("cases.json", "w"))
`;

test('the page names what its blocks are about, and which of them are run', () => {
  expect(blocks.map(({ heading }) => heading)).toEqual([
    'scikit-learn',
    'scikit-learn, columns by name',
    'XGBoost',
    'LightGBM',
    ...NOT_RUN,
  ]);
  // Where a line ends is prettier's business.
  const prose = proseOf(page).join(' ');
  expect(prose).toContain(`Those for ${NOT_RUN.join(' and ')} are **not run**.`);
});

describe.skipIf(reason !== null)(`the export to ONNX ${reason ?? ''}`, () => {
  const work = mkdtempSync(join(tmpdir(), 'ml-deploy-export-'));
  afterAll(() => rmSync(work, { recursive: true, force: true }));

  test.each(RUN)('$heading', async ({ heading, text }) => {
    const workspace = join(work, heading.replaceAll(/\W+/g, '-'));
    mkdirSync(workspace);
    writeFileSync(join(workspace, 'train.py'), `${beginning?.text}\n${text}\n${RECORD}`);
    execFileSync(PYTHON, ['-W', 'ignore', 'train.py'], { cwd: workspace, stdio: 'pipe' });

    const surroundings = { workspace, env: { RUNNER_TEMP: join(workspace, 'temp') } };
    const endpoint = { target: 'local', 'endpoint-name': 'exported' };
    const packed = await runAction('package-model', { 'model-path': 'model' }, surroundings);
    expect(packed.exitCode, packed.log).toBe(0);
    const url = packed.outputs['model-data-url'] ?? '';
    const deployed = await runAction('deploy-endpoint', { ...endpoint, 'model-data-url': url }, surroundings);
    expect(deployed.exitCode, deployed.log).toBe(0);
    const inputs = { ...endpoint, reference: 'recorded', cases: 'cases.json', 'min-accuracy': '0.6' };
    const tested = await runAction('smoke-test', inputs, surroundings);
    const teardown = { ...endpoint, command: 'teardown', confirm: 'exported' };
    await runAction('deploy-endpoint', teardown, surroundings);
    expect(tested.exitCode, tested.log).toBe(0);
    expect(tested.outputs).toMatchObject({ passed: 'true', mismatches: '0' });
    const cases = JSON.parse(readFileSync(join(workspace, 'cases.json'), 'utf8')) as { labels: unknown[] };
    expect(Number(tested.outputs.compared)).toBeGreaterThanOrEqual(cases.labels.length);
  });
});
