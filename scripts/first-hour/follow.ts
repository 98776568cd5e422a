/**
 * Follows a page as its reader would, block by block. A block of shell is run; one of YAML or Python is written into the
 * file that its first line names (Python behind what the file has, as the page says); text has to have been printed by
 * what ran before it; a drawing is skipped. Any other block is an error: nobody would know what to do with it.
 */
import { appendFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { blocksOf, readPage, type Block } from '../../test/contract/docs-pages.ts';
import { openGuideShell, type GuideShell } from '../../test/conformance/guide/guide-shell.ts';

/** What fetches or lays out programs: its time depends on the reader's line, and is counted apart. */
const INSTALL = /\bpip install\b|-m venv\b|^npm ci\b|^git clone\b/;

export interface Followed {
  readonly blocks: number;
  readonly seconds: number;
  readonly installSeconds: number;
}

/** @param folderOf where a section of the page begins; null to go on where the one before it ended */
export async function followPage(
  path: string,
  folderOf: (heading: string) => string | null,
  env: Readonly<Record<string, string>>,
): Promise<Followed> {
  const follower = new Follower(path, env);
  for (const block of blocksOf(readPage(path))) await follower.block(block, folderOf(block.heading));
  return follower;
}

class Follower implements Followed {
  blocks = 0;
  seconds = 0;
  installSeconds = 0;
  readonly #lines: readonly string[];
  readonly #env: Readonly<Record<string, string>>;
  #shell: GuideShell | null = null;
  #folder: string | null = null;
  #printed = '';

  constructor(path: string, env: Readonly<Record<string, string>>) {
    this.#lines = readPage(path).text.split('\n');
    this.#env = env;
  }

  async block(block: Block, folder: string | null): Promise<void> {
    if (folder !== null && folder !== this.#folder) {
      this.#folder = folder;
      // Beside the folder, since it may be a repository.
      this.#shell = openGuideShell(folder, this.#env, `${folder}.shell`);
    }
    this.blocks += 1;
    switch (block.language) {
      case 'sh':
        return this.#run(block);
      case 'yaml':
      case 'python': {
        this.#write(block);
        return;
      }
      case 'text': {
        this.#expect(block);
        return;
      }
      case 'mermaid': {
        say(block.page, block.line, 'a drawing', '');
        return;
      }
      default:
        throw new Error(`${block.page}:${block.line}: nothing is known of blocks of "${block.language}".`);
    }
  }

  async #run(block: Block): Promise<void> {
    const shell = this.#shell;
    if (shell === null) throw new Error(`${block.page}:${block.line}: no folder is known for this block.`);
    try {
      this.#printed += await shell.run(block);
    } finally {
      for (const { line, exitCode, seconds } of shell.commands()) {
        // The end of the shell, after a line that failed.
        if (line < block.line) continue;
        const text = (this.#lines[line - 1] ?? '').trim();
        if (INSTALL.test(text)) this.installSeconds += seconds;
        else this.seconds += seconds;
        say(block.page, line, `$ ${text}`, `exit ${exitCode}  ${seconds.toFixed(1).padStart(6)} s`);
      }
    }
  }

  #write({ page, line, language, text }: Block): void {
    const name = /^# (\S+)\n/.exec(text)?.[1];
    if (name === undefined)
      throw new Error(`${page}:${line}: the first line does not say which file this is.`);
    const path = join(this.#folder ?? '', name);
    mkdirSync(dirname(path), { recursive: true });
    if (language === 'python') appendFileSync(path, text);
    else writeFileSync(path, text);
    const lines = readFileSync(path, 'utf8').split('\n').length - 1;
    say(page, line, `${language === 'python' ? 'appended to' : 'written:'} ${name}`, `${lines} lines`);
  }

  #expect({ page, line, text }: Block): void {
    const printed = comparable(this.#printed);
    const shown = text.split('\n').filter((one) => one.trim() !== '');
    const missing = shown.filter((one) => !printed.includes(comparable(one)));
    if (missing.length > 0) throw new Error(`${page}:${line}: was not printed:\n${missing.join('\n')}`);
    say(page, line, 'printed, as the page says', `${shown.length} lines`);
  }
}

/** Without what differs from run to run, as times and what gzip makes of it; spaces, and what Markdown wants before signs of its own. */
function comparable(text: string): string {
  return text
    .replaceAll(/\\(?=[^\w\s])/g, '')
    .replaceAll(/\d+(\.\d+)? (ms|s|bytes)\b/g, '# $2')
    .replaceAll(/\s+/g, ' ')
    .trim();
}

function say(page: string, line: number, what: string, end: string): void {
  console.log(`${`${page}:${line}`.padEnd(26)} ${what.slice(0, 80).padEnd(80)} ${end}`.trimEnd());
}
