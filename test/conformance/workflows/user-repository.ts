/** A repository of a user's: the sample model, ml-deploy.yml, and the workflows as they are copied. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';

/** What users copy, by its place in this repository. */
const COPIED = [
  '.github/workflows/deploy-ml-model.yml',
  ...['rollback', 'approve', 'watch', 'comment'].map((name) => `examples/workflows/${name}.yml`),
];

export interface UserRepository {
  readonly path: string;
  read(file: string): string;
  write(file: string, content: string): void;
  change(file: string, edit: (content: string) => string): void;
  /** Commits everything to a branch, which is then checked out. */
  commit(branch: string, message: string): void;
  checkOut(branch: string): void;
}

export function makeRepository(path: string, config: string): UserRepository {
  const copy = (from: string, to: string) => {
    mkdirSync(dirname(join(path, to)), { recursive: true });
    cpSync(from, join(path, to), { recursive: true });
  };
  for (const folder of ['model/releases', 'model/cases']) copy(join(root, folder), folder);
  for (const file of COPIED) copy(join(root, file), `.github/workflows/${basename(file)}`);
  copy(join(import.meta.dirname, 'by-hand.yml'), '.github/workflows/deploy.yml');
  const write = (file: string, content: string) => {
    mkdirSync(dirname(join(path, file)), { recursive: true });
    writeFileSync(join(path, file), content);
  };
  write('ml-deploy.yml', config);
  git(path, ['init', '--quiet']);
  git(path, ['remote', 'add', 'origin', 'https://github.com/acme/churn.git']);
  const read = (file: string) => readFileSync(join(path, file), 'utf8');
  return {
    path,
    read,
    write,
    change: (file, edit) => write(file, edit(read(file))),
    checkOut: (branch) => git(path, ['checkout', '--quiet', branch]),
    commit: (branch, message) => {
      git(path, ['checkout', '--quiet', '-B', branch]);
      git(path, ['add', '--all']);
      git(path, ['commit', '--quiet', '--allow-empty', '--message', message]);
    },
  };
}

function git(path: string, args: readonly string[]): void {
  const settings = { 'user.name': 'olga', 'user.email': 'olga@example.com', 'commit.gpgsign': 'false' };
  const options = Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]);
  const { status, stderr } = spawnSync('git', [...options, ...args], { cwd: path, encoding: 'utf8' });
  if (status !== 0) throw new Error(`git ${args.join(' ')}: ${stderr}`);
}
