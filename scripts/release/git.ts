/** Git, as a program: a command that fails is an error with what git said. */
import { execFileSync } from 'node:child_process';

export interface GitOptions {
  readonly env?: Readonly<Record<string, string>>;
}

export type Git = (args: readonly string[], options?: GitOptions) => Buffer;

/** 64 MB: the archive of a release is a tenth of it. */
const MAX_OUTPUT = 64 * 1024 * 1024;

export class GitError extends Error {
  readonly said: string;

  constructor(args: readonly string[], said: string, cause: unknown) {
    super(`git ${args[0] ?? ''} failed: ${said}`, { cause });
    this.said = said;
  }
}

/** Git in a working folder. What a machine's own configuration says about line ends and hooks does not count. */
export function gitIn(cwd: string): Git {
  return (args, { env = {} } = {}) => {
    const fixed = ['-c', 'core.autocrlf=false', '-c', 'core.hooksPath=/dev/null'];
    try {
      return execFileSync('git', [...fixed, ...args], {
        cwd,
        env: { ...withoutGit(process.env), GIT_TERMINAL_PROMPT: '0', ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
        maxBuffer: MAX_OUTPUT,
      });
    } catch (error) {
      const stderr = (error as { readonly stderr?: Buffer }).stderr;
      throw new GitError(args, stderr?.toString('utf8').trim() ?? String(error), error);
    }
  };
}

/** Within a hook of git's, GIT_DIR and others name the repository of that hook. */
function withoutGit(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !name.startsWith('GIT_')));
}

/** What a command printed, without the line end. */
export function lineOf(git: Git, ...args: string[]): string {
  return git(args).toString('utf8').trim();
}
