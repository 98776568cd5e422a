/** What Lambda adds to the download, packed, and that nobody else loads it. */
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { runAction } from '../../scripts/lib/runner-protocol.ts';

const CORE = join(process.env.ML_DEPLOY_TEST_DIST ?? join(root, 'dist'), 'core');
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

test.each(Object.entries(PARTS))(
  'Lambda 15: the %s is a file of its own, and grows no further',
  (_, part) => {
    const [word, most] = part;
    const size = gzipSync(readFileSync(join(CORE, chunkOf(word))), { level: 9 }).length / 1000;
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
    const loaded = readdirSync(coverage).flatMap((file) => {
      const { result } = JSON.parse(readFileSync(join(coverage, file), 'utf8')) as {
        result: { url: string }[];
      };
      return result.map(({ url }) => basename(url));
    });
    // The platform that was asked for is among them, so that this says something.
    expect(loaded.filter((file) => chunks.some((chunk) => chunk.file === file)).length).toBeGreaterThan(3);
    for (const [word] of Object.values(PARTS)) expect(loaded).not.toContain(chunkOf(word));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
