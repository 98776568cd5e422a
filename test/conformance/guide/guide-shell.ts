/** A shell that follows a guide: block after block, each line known by its place in the page. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Block } from '../../contract/docs-pages.ts';

const follow = join(import.meta.dirname, 'follow.sh');

/** One command of a block, as it was run. */
export interface FollowedCommand {
  /** Of the page. */
  readonly line: number;
  readonly exitCode: number;
  readonly seconds: number;
}

export interface GuideShell {
  /** Runs a block. @returns what it printed. @throws Error that begins with the line of the page that failed */
  run(block: Block): Promise<string>;
  /** The commands of the block that was run last; of one that failed, up to that. */
  commands(): FollowedCommand[];
  /** A variable of the shell; '' where it is not set. */
  variable(name: string): string;
}

/**
 * @param folder where the shell starts
 * @param state where it keeps what it has to know between two blocks
 */
export function openGuideShell(
  folder: string,
  env: Readonly<Record<string, string>>,
  state = join(folder, '.shell'),
): GuideShell {
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
    commands: () => commandsIn(readFileSync(join(state, 'trace'), 'utf8')),
    variable: (name) => {
      const line = new RegExp(`^declare -x ${name}="(.*)"$`, 'm');
      return line.exec(readFileSync(join(state, 'variables'), 'utf8'))?.[1] ?? '';
    },
  };
}

/** @param trace lines of: how the command before ended, the line of this one, when it began (follow.sh) */
function commandsIn(trace: string): FollowedCommand[] {
  const marks = trace
    .trim()
    .split('\n')
    .map((text) => text.split(' ').map(Number))
    .map(([ended = 0, line = 0, began = 0]) => ({ ended, line, began }))
    // The parts of a pipeline have one line, and end together.
    .filter(({ line }, at, all) => line !== all[at - 1]?.line);
  return marks.slice(0, -1).map(({ line, began }, at) => {
    const next = marks[at + 1];
    return { line, exitCode: next?.ended ?? 0, seconds: (next?.began ?? began) - began };
  });
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
