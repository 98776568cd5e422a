/** What Lambda adds to the download, packed, and who loads which part of it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { runAction } from '../../scripts/lib/runner-protocol.ts';
import { REAL_DIST } from '../faults/main-real.ts';
import { RealBench } from '../faults/real-bench.ts';
import { lambda } from '../faults/real-lambda.ts';

const CORE = join(REAL_DIST, 'core');
/** A word of each part that no other file of the bundle has, and the most kB (1000 bytes) that it may have, packed. */
const PARTS = {
  'client of Lambda': ['"LambdaClient"', 12],
  'client of HTTP APIs': ['"ApiGatewayV2Client"', 8.5],
  'client of REST APIs': ['"APIGatewayClient"', 8],
  'client of EventBridge': ['"EventBridgeClient"', 8.5],
  platform: ['ml-deploy-utilization', 31],
} as const satisfies Readonly<Record<string, readonly [string, number]>>;

const chunks = readdirSync(CORE)
  .filter((file) => file.endsWith('.js'))
  .map((file) => ({ file, text: readFileSync(join(CORE, file), 'utf8') }));

function chunkOf(word: string): string {
  const found = chunks.filter(({ text }) => text.includes(word) || text.includes(word.replaceAll('"', "'")));
  expect(found.map(({ file }) => file)).toHaveLength(1);
  return found[0]?.file ?? '';
}

const packed = (word: string) =>
  gzipSync(readFileSync(join(CORE, chunkOf(word))), { level: 9 }).length / 1000;

/** The files of the bundle that a process has loaded. @param coverage where NODE_V8_COVERAGE put it */
function loadedIn(coverage: string): readonly string[] {
  return readdirSync(coverage).flatMap((file) => {
    const { result } = JSON.parse(readFileSync(join(coverage, file), 'utf8')) as {
      result: { url: string }[];
    };
    return result.map(({ url }) => basename(url));
  });
}

test.each(Object.entries(PARTS))(
  'Lambda 15: the %s is a file of its own, and grows no further',
  (_, part) => {
    const [word, most] = part;
    const size = packed(word);
    console.log(`Lambda 15: ${word.replaceAll('"', '')}: ${size.toFixed(1)} kB packed`);
    expect(size).toBeLessThanOrEqual(most);
  },
);

test('Lambda 15: a deployment to another target loads none of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-loaded-'));
  try {
    const coverage = join(folder, 'coverage');
    const run = await runAction('deploy-endpoint', {
      inputs: {
        command: 'plan',
        target: 'local',
        'endpoint-name': 'churn',
        'model-data-url': join(root, 'model/releases/v1/archive/model.onnx'),
      },
      cwd: folder,
      env: { GITHUB_WORKSPACE: folder, RUNNER_TEMP: join(folder, 'temp'), NODE_V8_COVERAGE: coverage },
    });
    expect(run.log).not.toBe('');
    const loaded = loadedIn(coverage);
    // The platform that was asked for is among them, so that this says something.
    expect(loaded.filter((file) => chunks.some((chunk) => chunk.file === file)).length).toBeGreaterThan(3);
    for (const [word] of Object.values(PARTS)) expect(loaded).not.toContain(chunkOf(word));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

const ALONE = ['client of Lambda', 'platform'] as const;
const FLOWS: readonly (readonly [string, string, readonly (keyof typeof PARTS)[]])[] = [
  ['a function without an API', 'api: none', ALONE],
  ['a function with its HTTP API', 'api: http', [...ALONE, 'client of HTTP APIs']],
  [
    'a function with a REST API and a warm-up',
    'api: rest\nwarm-up: rate(5 minutes)',
    [...ALONE, 'client of REST APIs', 'client of EventBridge'],
  ],
];

test.each(FLOWS)('Lambda 15: the deployment of %s loads what it needs', async (name, group, needed) => {
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-loaded-'));
  const bench = await RealBench.open(lambda, REAL_DIST);
  try {
    const inputs = { ...bench.request(1), lambda: group };
    const run = await bench.run(inputs, undefined, { NODE_V8_COVERAGE: folder });
    expect(run.outputs.outcome, run.log).toBe('deployed');
    const loaded = loadedIn(folder);
    const parts = Object.entries(PARTS).filter(([, [word]]) => loaded.includes(chunkOf(word)));
    expect(parts.map(([part]) => part).toSorted()).toEqual([...needed].toSorted());
    const size = parts.reduce((sum, [, [word]]) => sum + packed(word), 0);
    console.log(`Lambda 15: ${name}: ${size.toFixed(1)} kB packed`);
  } finally {
    await bench.dispose();
    rmSync(folder, { recursive: true, force: true });
  }
});
