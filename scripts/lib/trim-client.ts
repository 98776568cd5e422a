/**
 * A client of AWS has some hundred operations, and we use twenty: whoever loads it pays tens of milliseconds for the rest,
 * and everybody downloads it. The bundle gets copies of the largest ones with the operations that our code calls;
 * everything else in them is the published code. Clients of AWS cannot be shaken by ncc, which takes their CommonJS.
 */
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { minify } from 'terser';

/** Of the SDK's packages, the ones that are worth it. */
export const TRIMMED = ['sagemaker', 'lambda', 'apigatewayv2', 'api-gateway', 'eventbridge'] as const;
export type Trimmed = (typeof TRIMMED)[number];

const packageOf = (client: Trimmed) => `@aws-sdk/client-${client}`;
/** As an import writes it; another client's name is longer. */
const importOf = (client: Trimmed) => new RegExp(`(['"])${packageOf(client)}\\1`, 'g');
const require = createRequire(import.meta.url);

/**
 * @param js folder of the compiled program: what it calls is kept, and its imports of the client are led to the copy
 * @returns the client's licence, which ncc does not find beside a copy
 */
export async function trimClient(js: string, client: Trimmed): Promise<string> {
  const published = require.resolve(packageOf(client));
  const imported = importOf(client);
  const files = readdirSync(js, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.js'))
    .map((file) => join(js, file));
  const users = files.filter((file) => readFileSync(file, 'utf8').search(imported) >= 0);
  const copy = join(js, 'trimmed', `client-${client}.cjs`);
  const said = files.map((file) => readFileSync(file, 'utf8')).join('\n');
  const named = users.map((file) => readFileSync(file, 'utf8')).join('\n');
  mkdirSync(dirname(copy), { recursive: true });
  const code = await trimmed(client, readFileSync(published, 'utf8'), { said, named });
  // The copy is in another folder, and has to find the same packages.
  const find = createRequire(published);
  const found = code.replaceAll(
    /require\("([^"]+)"\)/g,
    (_, name: string) => `require(${JSON.stringify(find.resolve(name))})`,
  );
  writeFileSync(copy, found);
  for (const file of users) {
    const path = relative(dirname(file), copy);
    const to = path.startsWith('.') ? path : `./${path}`;
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(imported, `'${to}'`));
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
export function knownOperations(client: Trimmed): string[] {
  const source = readFileSync(require.resolve(packageOf(client)), 'utf8');
  return [...source.matchAll(/^exports\.(\w+)Command = /gm)].map(([, name = '']) => name);
}

async function trimmed(
  client: Trimmed,
  source: string,
  { said, named }: { readonly said: string; readonly named: string },
): Promise<string> {
  const operations = operationsIn(said, knownOperations(client)).map((name) => `${name}Command`);
  if (operations.length === 0)
    throw new Error(`${packageOf(client)}: the program calls none of its operations.`);
  const words = new Set([...named.matchAll(/[\w$]+/g)].map(([word]) => word));
  const isKept = (name: string) => operations.includes(name) || words.has(name);
  const kept = source
    .split('\n')
    .filter((line) => {
      const exported = /^exports\.([\w$]+) = /.exec(line)?.[1];
      return exported === undefined || isKept(exported);
    })
    .join('\n');
  const lists = ['paginators', 'waiters'].filter((list) => source.includes(`const ${list} = {`));
  const own = emptied(client, kept, 'commands', operations);
  const { code = '' } = await minify(
    lists.reduce((text, list) => emptied(client, text, list), own),
    {
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
    },
  );
  return code;
}

/** @throws Error if the client is no longer made in this way: the list has to be checked again */
function emptied(client: Trimmed, source: string, list: string, names: readonly string[] = []): string {
  const pattern = new RegExp(`^const ${list} = \\{[^}]*^\\};`, 'm');
  if (!pattern.test(source)) throw new Error(`${packageOf(client)} has no list of ${list} any more.`);
  return source.replace(pattern, () => `const ${list} = { ${names.join(', ')} };`);
}
