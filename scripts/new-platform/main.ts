/**
 * Lays out a platform that compiles and does nothing yet: its record, its target, and the shared suite on a bed of its own.
 * The one line that it adds elsewhere is in the table.
 *
 *     npm run new:platform NAME
 */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../lib/paths.ts';

const TABLE = 'src/platforms/table.ts';
/** Where each part of the skeleton goes. */
const PARTS: Readonly<Record<string, (name: string) => string>> = {
  'platform.ts.txt': (name) => `src/platforms/${name}/platform.ts`,
  'open.ts.txt': (name) => `src/platforms/${name}/open.ts`,
  'bed.ts.txt': (name) => `test/unit/platforms/${name}/bed.ts`,
  'test.ts.txt': (name) => `test/unit/platforms/${name}/${name}-target.test.ts`,
};
/** What `for-target` of push-image calls images of any platform. */
const TAKEN = ['generic'];

/** @returns the files that were written. @throws Error for a name that cannot be used; nothing is written then */
export async function newPlatform(name: string): Promise<string[]> {
  if (!/^[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(name)) {
    throw new Error(
      `"${name}" is not a valid name for a platform. Use lower-case words and hyphens, such as azure-ml.`,
    );
  }
  if (TAKEN.includes(name)) throw new Error(`"${name}" has another meaning already. Use another name.`);
  const files = Object.entries(PARTS).map(([part, place]) => [part, place(name)] as const);
  const there = files.map(([, file]) => file).filter((file) => existsSync(join(root, file)));
  if (there.length > 0)
    throw new Error(`${there.join(', ')} already exists. Use another name, or remove it first.`);
  const table = withLine(readFileSync(join(root, TABLE), 'utf8'), name);
  for (const [part, file] of files) {
    mkdirSync(dirname(join(root, file)), { recursive: true });
    const template = readFileSync(join(import.meta.dirname, part), 'utf8');
    const text = template.replaceAll('RECORD', recordOf(name)).replaceAll(/\bNAME\b/g, name);
    writeFileSync(join(root, file), await formatted(text, join(root, file)));
  }
  writeFileSync(join(root, TABLE), table);
  return [...files.map(([, file]) => file), TABLE];
}

async function formatted(text: string, file: string): Promise<string> {
  const { format, resolveConfig } = await import('prettier');
  return format(text, { ...(await resolveConfig(file)), filepath: file });
}

/** `azure-ml` -> `azureMl` */
function recordOf(name: string): string {
  return name.replace(/-([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

function withLine(table: string, name: string): string {
  const record = recordOf(name);
  const line = record === name ? `  ${name},\n` : `  '${name}': ${record},\n`;
  const imports = /(?:^import \{ \w+ \} from '\.\/[a-z0-9-]+\/platform\.ts';\n)+/m;
  const list = /^(export const platforms = named\(\{\n)((?: {2}.*,\n)+)(\}\);)/m;
  if (!imports.test(table) || !list.test(table))
    throw new Error(`${TABLE} does not look as it did; add ${name} by hand.`);
  return table
    .replace(
      imports,
      (known) =>
        [...known.trimEnd().split('\n'), `import { ${record} } from './${name}/platform.ts';`]
          .sort(byPath)
          .join('\n') + '\n',
    )
    .replace(list, (_, head: string, lines: string, end: string) => head + lines + line + end);
}

function byPath(a: string, b: string): number {
  const path = (line: string) => line.slice(line.indexOf("'"));
  return path(a) < path(b) ? -1 : 1;
}

if (process.argv[1] === import.meta.filename) {
  try {
    const files = await newPlatform(process.argv[2] ?? '');
    console.log(`Wrote ${files.join(', ')}.\nNext: CONTRIBUTING.md, "Add a target".`);
  } catch (error) {
    console.error(error instanceof Error ? error.message : String(error));
    process.exitCode = 2;
  }
}
