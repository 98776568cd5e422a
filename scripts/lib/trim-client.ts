/**
 * SageMaker's client has some 400 operations, and we use twenty: whoever loads it pays 40 ms for the rest, and everybody
 * downloads it. The bundle gets a copy with the operations that our code calls; everything else in it is the published
 * code. Clients of AWS cannot be shaken by ncc, which takes their CommonJS.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { minify } from 'terser';

const NAME = '@aws-sdk/client-sagemaker';
/** As it stands in an import; another client's name goes on. */
const IMPORTED = /(['"])@aws-sdk\/client-sagemaker\1/g;
const require = createRequire(import.meta.url);

/**
 * @param js folder of the compiled program: what it calls is kept, and its imports of the client are led to the copy
 * @returns the client's licence, which ncc does not find beside a copy
 */
export async function trimClient(js: string): Promise<string> {
  const published = require.resolve(NAME);
  const files = readdirSync(js, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => join(js, file));
  const users = files.filter((file) => readFileSync(file, 'utf8').search(IMPORTED) >= 0);
  const copy = join(js, 'trimmed', 'client-sagemaker.cjs');
  const said = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  const named = users.map((file) => readFileSync(file, 'utf8')).join('\n');
  mkdirSync(dirname(copy), { recursive: true });
  const code = await trimmed(readFileSync(published, 'utf8'), { said, named });
  // The copy lies elsewhere, and has to find the same packages.
  const find = createRequire(published);
  const found = code.replaceAll(
    /require\("([^"]+)"\)/g,
    (_, name: string) => `require(${JSON.stringify(find.resolve(name))})`,
  );
  writeFileSync(copy, found);
  for (const file of users) {
    const path = relative(dirname(file), copy);
    const to = path.startsWith('.') ? path : `./${path}`;
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(IMPORTED, `'${to}'`));
  }
  return readFileSync(join(dirname(published), '..', 'LICENSE'), 'utf8');
}

/** The operations that a program calls, by method or by command: `DescribeEndpoint`. */
export function operationsIn(program: string, known: readonly string[]): string[] {
  const words = new Set([...program.matchAll(/\w+/g)].map(([word]) => word));
  const method = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);
  return known.filter((name) => words.has(`${name}Command`) || words.has(method(name)));
}

/** Every operation of the published client. */
export function knownOperations(source: string = readFileSync(require.resolve(NAME), 'utf8')): string[] {
  return [...source.matchAll(/^exports\.(\w+)Command = /gm)].map(([, name = '']) => name);
}

async function trimmed(
  source: string,
  { said, named }: { readonly said: string; readonly named: string },
): Promise<string> {
  const operations = operationsIn(said, knownOperations(source)).map((name) => `${name}Command`);
  if (operations.length === 0) throw new Error(`${NAME}: the program calls none of its operations.`);
  const words = new Set([...named.matchAll(/[\w$]+/g)].map(([word]) => word));
  const isKept = (name: string) => operations.includes(name) || words.has(name);
  const kept = source
    .split('\n')
    .filter((line) => isKept(/^exports\.([\w$]+) = /.exec(line)?.[1] ?? 'SageMaker'))
    .join('\n');
  const own = emptied(kept, 'commands', operations);
  const { code = '' } = await minify(emptied(emptied(own, 'paginators'), 'waiters'), {
    // A command and a paginator are made by a call, and nobody misses those that nobody names.
    compress: {
      defaults: false,
      unused: true,
      toplevel: true,
      side_effects: true,
      pure_getters: true,
      pure_funcs: ['command', 'createPaginator'],
      passes: 4,
    },
    mangle: false,
    toplevel: true,
  });
  return code;
}

/** @throws Error where the client is not made as it was: the list has to be looked at again then */
function emptied(source: string, list: string, names: readonly string[] = []): string {
  const pattern = new RegExp(`^const ${list} = \\{[^}]*^\\};`, 'm');
  if (!pattern.test(source)) throw new Error(`${NAME} has no list of ${list} any more.`);
  return source.replace(pattern, () => `const ${list} = { ${names.join(', ')} };`);
}
