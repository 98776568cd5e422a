/** A shell that follows a guide: block after block, each line known by its place in the page. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Block } from '../../contract/docs-pages.ts';

const follow = join(import.meta.dirname, 'follow.sh');

export interface GuideShell {
  /** Runs a block. @returns what it printed. @throws Error that begins with the line of the page that failed */
  run(block: Block): Promise<string>;
  /** A variable of the shell; '' where it is not set. */
  variable(name: string): string;
}

/** @param folder where the shell starts, and keeps what it has to know between two blocks */
export function openGuideShell(folder: string, env: Readonly<Record<string, string>>): GuideShell {
  const state = join(folder, '.shell');
  mkdirSync(state, { recursive: true });
  writeFileSync(join(state, 'variables'), '');
  writeFileSync(join(state, 'folder'), folder);
  return {
    run: async (block) => {
      const file = join(state, 'block.sh');
      writeFileSync(file, '\n'.repeat(block.line - 1) + block.text);
      rmSync(join(state, 'failed'), { force: true });
      const { output, exitCode } = await spawnShell({ ...env, STATE: state, BLOCK: file, PAGE: block.page });
      if (exitCode === 0) return output;
      const failed = join(state, 'failed');
      // The innermost command is the first that was told.
      const [where] = existsSync(failed) ? readFileSync(failed, 'utf8').split('\n') : [];
      throw new Error(`${where ?? `${block.page}:${block.line}: the block`} failed:\n${output.slice(-6000)}`);
    },
    variable: (name) => {
      const line = new RegExp(`^declare -x ${name}="(.*)"$`, 'm');
      return line.exec(readFileSync(join(state, 'variables'), 'utf8'))?.[1] ?? '';
    },
  };
}

function spawnShell(
  env: Readonly<Record<string, string>>,
): Promise<{ output: string; exitCode: number | null }> {
  const child = spawn('bash', [follow], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exitCode) => resolve({ output, exitCode }));
  });
}
