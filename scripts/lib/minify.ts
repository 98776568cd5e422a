/**
 * Makes the bundle smaller: every job of every user downloads it. Names of classes and functions stay, since errors are
 * told apart by them and stack traces are read by people; so do the comments that licences ask for.
 */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { minify, type MinifyOptions } from 'terser';
import ts from 'typescript';

/** Nothing is computed, moved or removed (docs/decisions/0007-dist-is-minified.md). */
const OPTIONS: MinifyOptions = {
  module: true,
  compress: false,
  mangle: { keep_classnames: true, keep_fnames: true },
  // Node prints the line of an error that nothing caught: it must not be the whole file.
  format: { comments: 'some', max_line_len: 500 },
};

/** Minifies each of ncc's files in a folder in place. @throws Error naming the file that did not work. */
export async function minifyFolder(folder: string): Promise<void> {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.js'))) {
    const path = join(folder, file);
    try {
      const { code = '' } = await minify(readFileSync(path, 'utf8'), OPTIONS);
      writeFileSync(path, `${inParentheses(code)}\n`);
      // Most chunks are loaded by few tests, and a minifier may write what is no JavaScript.
      await promisify(execFile)(process.execPath, ['--check', path]);
    } catch (error) {
      throw new Error(`${path} could not be minified.`, { cause: error });
    }
  }
}

/** Where ncc's table of modules is in a file, counted in levels of syntax. */
const TABLE_DEPTH = 6;

/**
 * Puts the modules of the bundle, `{ 123: (module) => { … } }`, back into the parentheses that ncc gave them. V8 takes them
 * for a hint to compile a function at once, instead of once to skip it and once more when it is called.
 * https://v8.dev/blog/preparser#pife
 */
export function inParentheses(code: string): string {
  const source = ts.createSourceFile('bundle.js', code, ts.ScriptTarget.Latest);
  const found: { readonly start: number; readonly end: number }[] = [];
  const visit = (node: ts.Node, depth: number): void => {
    if (ts.isPropertyAssignment(node) && ts.isNumericLiteral(node.name) && isFunction(node.initializer)) {
      found.push({ start: node.initializer.getStart(source), end: node.initializer.end });
    } else if (depth < TABLE_DEPTH) {
      ts.forEachChild(node, (child) => visit(child, depth + 1));
    }
  };
  visit(source, 0);
  const parts = found.map(({ start, end }, index) => {
    const before = code.slice(found[index - 1]?.end ?? 0, start);
    return `${before}(${code.slice(start, end)})`;
  });
  return parts.join('') + code.slice(found.at(-1)?.end ?? 0);
}

function isFunction(node: ts.Node): boolean {
  return ts.isArrowFunction(node) || ts.isFunctionExpression(node);
}
