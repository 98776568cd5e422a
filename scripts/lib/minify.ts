/**
 * Makes the bundle smaller: every job of every user downloads it. Names of classes and functions stay, since errors are
 * told apart by them and stack traces are read by people; so do the comments that licences ask for.
 */
import { execFile } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { minify, type MinifyOptions } from 'terser';

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
      writeFileSync(path, `${code}\n`);
      // Most chunks are loaded by few tests, and a minifier may write what is no JavaScript.
      await promisify(execFile)(process.execPath, ['--check', path]);
    } catch (error) {
      throw new Error(`${path} could not be minified.`, { cause: error });
    }
  }
}
