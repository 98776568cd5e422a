/**
 * ONNX's tests of single operators: each model is deployed to the local target, and smoke-tested with the test data that
 * stand beside it (protocol v2, expectations recorded). Every one passes, or its operator cannot be run here.
 */
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import type { SmokePorts } from '../../../src/actions/smoke-test/ports.ts';
import { run } from '../../../src/actions/smoke-test/run.ts';
import { spec } from '../../../src/actions/smoke-test/spec.ts';
import { embedExternalData } from '../../../src/adapters/onnx/external-data.ts';
import { createSessionOpener } from '../../../src/adapters/onnx/open-session.ts';
import { messageOf, OutcomeError, UserError } from '../../../src/core/errors.ts';
import { parseInputs, type OutputsOf } from '../../../src/core/spec/action-spec.ts';
import { openStore } from '../../../src/stores/open-store.ts';
import { makeArchive } from '../../fakes/archive.ts';
import { fakePorts } from '../../fakes/ports.ts';
import { makeLocalBed, requestFor, type LocalBed } from '../../platforms/local-bed.ts';

const DATA = join(root, 'build/conformance/onnx-node');
const reason = existsSync(DATA)
  ? null
  : "skipped: ONNX's test data are not installed (test/conformance/beds/install-onnx.sh)";
if (reason !== null) console.log(reason);

const never = () => Promise.reject(new Error('This test starts no programs.'));
const openSession = createSessionOpener({
  moduleRoots: [root],
  exec: never,
  log: { info: () => undefined, debug: () => undefined },
});

type Verdict = 'passed' | 'failed' | 'unsupported';
interface Result {
  readonly name: string;
  readonly verdict: Verdict;
  readonly why: string;
}

describe.skipIf(reason !== null)(`ONNX's node tests ${reason ?? ''}`, () => {
  let bed: LocalBed;

  beforeAll(async () => {
    bed = await makeLocalBed({ keepVersions: 1 }, openSession);
  });
  afterAll(() => bed.dispose());

  test('pass against the local target wherever the runtime has the operator', async () => {
    const results: Result[] = [];
    const witness = JSON.parse(await readFile(join(DATA, 'witness.json'), 'utf8')) as Record<string, string>;
    for (const name of Object.keys(witness).sort()) {
      results.push({ name, ...(await examine(bed, name, witness[name] ?? '')) });
    }
    await report(results);
    expect(results.length).toBeGreaterThan(1000);
    const failed = results
      .filter(({ verdict }) => verdict === 'failed')
      .map(({ name, why }) => `${name}: ${why}`);
    expect(failed).toEqual([]);
    // Nothing hides behind "unsupported": what the runtime itself passes, passes here.
    const hidden = results.filter(({ name, verdict }) => verdict !== 'passed' && witness[name] === 'passed');
    expect(hidden).toEqual([]);
    expect(count(results, 'passed')).toBeGreaterThan(1000);
  }, 1_800_000);
});

/**
 * @param witness what the runtime's own Python package says to the same files: where it computes otherwise than the test
 *   expects, that is the runtime's, and a difference here shows nothing
 */
async function examine(bed: LocalBed, name: string, witness: string): Promise<Omit<Result, 'name'>> {
  const refused = await deploy(bed, name);
  if (refused !== null) return { verdict: 'unsupported', why: refused };
  try {
    await smokeTest(bed, name);
    return { verdict: 'passed', why: '' };
  } catch (error) {
    // Sequences, optionals and types that JSON tensors cannot carry.
    if (error instanceof UserError && error.message.includes('no tensor')) {
      return {
        verdict: 'unsupported',
        why: 'a value that is no tensor, or of a type that JSON cannot carry',
      };
    }
    if (error instanceof OutcomeError && error.message.includes('NOT_IMPLEMENTED')) {
      return { verdict: 'unsupported', why: 'the runtime says NOT_IMPLEMENTED when it runs it' };
    }
    const isRuntime = /^(differs|refused)/.exec(witness)?.[0];
    if (isRuntime) return { verdict: 'unsupported', why: `onnxruntime in Python ${isRuntime} too` };
    return { verdict: 'failed', why: messageOf(error).slice(0, 600) };
  }
}

/** null where it serves; otherwise what the runtime said. */
async function deploy(bed: LocalBed, name: string): Promise<string | null> {
  const { bytes, digest } = await makeArchive({
    'model.onnx': await readFile(join(DATA, name, 'model.onnx')),
  });
  const path = join(bed.root, '..', 'model.tar.gz');
  await writeFile(path, bytes);
  try {
    const plan = await bed.target.plan(requestFor({ path, digest }, 'nodes'));
    const { outcome, message } = await bed.target.deploy(plan);
    return ['deployed', 'unchanged'].includes(outcome) ? null : message;
  } catch (error) {
    return messageOf(error);
  }
}

async function smokeTest(bed: LocalBed, name: string): Promise<void> {
  const folder = join(DATA, name);
  const temp = join(bed.root, '..', 'temp');
  await mkdir(temp, { recursive: true });
  const { rtol, atol } = JSON.parse(await readFile(join(folder, 'tolerance.json'), 'utf8')) as Tolerance;
  const texts: Record<string, string> = {
    target: 'local',
    'endpoint-name': 'nodes',
    reference: 'recorded',
    cases: folder,
    rtol: String(rtol),
    atol: String(atol),
    warmup: '0',
    'report-dir': temp,
  };
  const { inputs, problems } = parseInputs(spec, (input) =>
    texts[input] === undefined ? null : { text: texts[input], origin: '' },
  );
  expect(problems).toEqual([]);
  const ports = fakePorts<OutputsOf<typeof spec>>({ workspace: temp, temp });
  await run(inputs, {
    ...ports,
    openTarget: () => Promise.resolve(bed.target),
    httpEndpoint: never,
    chartLibrary: () => Promise.resolve(''),
    embedWeights: embedExternalData,
    openSession,
    openStore,
    openUrl: never,
    pollMs: 10,
  } satisfies SmokePorts);
}

interface Tolerance {
  readonly rtol: number;
  readonly atol: number;
}

function count(results: readonly Result[], verdict: Verdict): number {
  return results.filter((result) => result.verdict === verdict).length;
}

/** The counts, and what is unsupported for which reason, in the log and in a file. */
async function report(results: readonly Result[]): Promise<void> {
  const lines = [
    `ONNX node tests: ${count(results, 'passed')} passed, ${count(results, 'failed')} failed, ` +
      `${count(results, 'unsupported')} unsupported, of ${results.length}.`,
  ];
  const reasons = Map.groupBy(
    results.filter(({ verdict }) => verdict === 'unsupported'),
    ({ why }) => kindOf(why),
  );
  for (const [why, all] of [...reasons].sort(([, a], [, b]) => b.length - a.length)) {
    lines.push(`  ${all.length} unsupported: ${why} (such as ${all[0]?.name})`);
  }
  console.log(lines.join('\n'));
  await writeFile(join(root, 'build/conformance/onnx-node-results.json'), JSON.stringify(results, null, 1));
}

/** The same reason for different names. */
function kindOf(why: string): string {
  return why
    .replace(/"[^"]*"/g, '"…"')
    .replace(/\b[0-9a-f]{12,}\b/g, '…')
    .replace(/\b(test_\w+|\d+)\b/g, '…')
    .slice(0, 160);
}
