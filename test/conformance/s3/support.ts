/** Models, runs and witnesses of the tests against moto's S3. */
import { execFileSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';
import { runAction as runBuilt, type ActionRun } from '../../../scripts/lib/runner-protocol.ts';
import type { S3Bed } from '../beds/s3-bed.ts';

export const BUCKET = 'acme-models';
export const STORE = `s3://${BUCKET}/churn`;

/** Files by path, small and large, with names that are hard on archives. */
export function modelFiles(megabytes: number): Record<string, Buffer> {
  const text = Buffer.from(Array.from({ length: 200_000 }, (_, i) => `${(i * 7919) % 1009},${i}\n`).join(''));
  return {
    'weights.bin': randomBytes(megabytes * 1024 * 1024 + 17),
    'table.csv': text,
    'empty.txt': Buffer.alloc(0),
    'a/b c/é モデル.txt': Buffer.from('unicode'),
    'line\nbreak': Buffer.from('x'),
    [`${'long/'.repeat(30)}name`]: Buffer.from('y'),
    'code/inference.py': Buffer.from('def model_fn(path): ...\n'),
  };
}

export async function writeFiles(folder: string, files: Readonly<Record<string, Buffer>>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
}

/** sha256 of each file below a folder, by path. */
export async function hashesBelow(folder: string): Promise<Record<string, string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  const hashes = files.map(async (path) => {
    const hash = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
    return [path.slice(folder.length + 1), hash] as const;
  });
  return Object.fromEntries((await Promise.all(hashes)).sort(([a], [b]) => (a < b ? -1 : 1)));
}

export async function withFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 's3-test-'));
  try {
    return await body(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Extracts an archive twice, by two programs that are not ours, and gives what each found. */
export async function extracted(archive: string): Promise<Record<string, Record<string, string>>> {
  const programs: Record<string, (target: string) => void> = {
    'GNU tar': (target) => execFileSync('tar', ['-xzf', archive, '-C', target]),
    "Python's tarfile": (target) =>
      execFileSync('python3', [
        '-c',
        'import sys,tarfile;tarfile.open(sys.argv[1],"r:gz").extractall(sys.argv[2],filter="data")',
        archive,
        target,
      ]),
  };
  const found: Record<string, Record<string, string>> = {};
  for (const [name, extract] of Object.entries(programs)) {
    found[name] = await withFolder(async (folder) => {
      extract(folder);
      return hashesBelow(folder);
    });
  }
  return found;
}

export interface PackageOptions {
  readonly env?: Readonly<Record<string, string>>;
  readonly onStart?: (pid: number) => void;
}

/** Runs package-model: the built bundle where it is there, the sources where it is not. */
export async function packageModel(
  bed: Pick<S3Bed, 'env'>,
  workspace: string,
  inputs: Readonly<Record<string, string>>,
  { env = {}, onStart }: PackageOptions = {},
): Promise<ActionRun> {
  return withFolder(async (temp) => {
    const built = join(root, 'dist');
    const dist = existsSync(join(built, 'package-model')) ? built : await stubIn(temp);
    return runBuilt('package-model', {
      inputs: { 'model-path': 'm', destination: STORE, ...inputs },
      dist,
      cwd: workspace,
      ...(onStart === undefined ? {} : { onStart }),
      env: {
        GITHUB_WORKSPACE: workspace,
        GITHUB_REPOSITORY: 'acme/churn',
        GITHUB_SHA: 'c0ffee0000000000000000000000000000000000',
        RUNNER_TEMP: temp,
        ML_DEPLOY_POLL_SECONDS: '0.1',
        ...bed.env,
        ...env,
      },
    });
  });
}

async function stubIn(folder: string): Promise<string> {
  await mkdir(join(folder, 'package-model'));
  await writeFile(join(folder, 'package.json'), '{"type":"module"}');
  const entry = JSON.stringify(join(root, 'src/bundle.ts'));
  await writeFile(
    join(folder, 'package-model/index.js'),
    `import { packageModel } from ${entry};\nawait packageModel();\n`,
  );
  return folder;
}
