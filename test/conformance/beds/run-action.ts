/** Runs an action by the runner's protocol: the built bundle (dist, or ML_DEPLOY_TEST_DIST) if it is there, else the sources. */
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';
import { runAction as runBuilt, type ActionRun } from '../../../scripts/lib/runner-protocol.ts';
import { camelCase } from '../../../src/core/spec/action-spec.ts';

export interface Surroundings {
  readonly workspace: string;
  readonly env: Readonly<Record<string, string>>;
  /** Called with the process id, for tests that cancel. */
  readonly onStart?: (pid: number) => void;
  readonly onLine?: (line: string) => void;
}

const DIST = process.env.ML_DEPLOY_TEST_DIST ?? join(root, 'dist');

/** Whether the built bundle is there; without it a local endpoint has no server. */
export function hasBundle(): boolean {
  return existsSync(join(DIST, 'local-server'));
}

export async function runAction(
  name: string,
  inputs: Readonly<Record<string, string>>,
  { workspace, env, ...listeners }: Surroundings,
): Promise<ActionRun> {
  const temp = await mkdtemp(join(tmpdir(), 'conformance-'));
  try {
    const dist = existsSync(join(DIST, name)) ? DIST : await stubsOver(temp, name);
    return await runBuilt(name, {
      ...listeners,
      inputs,
      dist,
      cwd: workspace,
      env: {
        GITHUB_WORKSPACE: workspace,
        GITHUB_REPOSITORY: 'acme/churn',
        GITHUB_SHA: 'c0ffee0000000000000000000000000000000000',
        RUNNER_TEMP: temp,
        ML_DEPLOY_POLL_SECONDS: '0.1',
        ...env,
      },
    });
  } finally {
    await rm(temp, { recursive: true, force: true });
  }
}

async function stubsOver(folder: string, name: string): Promise<string> {
  const bundle = join(root, 'src', 'bundle.ts');
  await mkdir(join(folder, name));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  await writeFile(
    join(folder, name, 'index.js'),
    `import { ${camelCase(name)} } from ${JSON.stringify(bundle)};\nawait ${camelCase(name)}();\n`,
  );
  return folder;
}
