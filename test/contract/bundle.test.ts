/** What the build does to ncc's output, and what must be left of it. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { differences } from '../../scripts/dist-check.ts';
import { inParentheses, minifyFolder } from '../../scripts/lib/minify.ts';

let folder = '';
beforeEach(() => (folder = mkdtempSync(join(tmpdir(), 'ml-deploy-bundle-'))));
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function minified(source: string): Promise<string> {
  writeFileSync(join(folder, 'a.js'), source);
  writeFileSync(join(folder, 'package.json'), '{ "type": "module" }');
  await minifyFolder(folder);
  return readFileSync(join(folder, 'a.js'), 'utf8');
}

describe('minified files', () => {
  test('are shorter, and do the same', async () => {
    const source = 'export function sum(first, second) {\n  // Adds.\n  return first + second;\n}\n';
    const code = await minified(source);
    expect(code.length).toBeLessThan(source.length);
    const loaded = (await import(pathToFileURL(join(folder, 'a.js')).href)) as {
      sum(a: number, b: number): number;
    };
    expect(loaded.sum(1, 2)).toBe(3);
  });

  test('keep the names of classes and functions', async () => {
    await minified(
      'class UserError extends Error {}\nfunction poll() {}\nexport const made = [UserError, poll];\n',
    );
    const url = `${pathToFileURL(join(folder, 'a.js')).href}?names`;
    const { made } = (await import(url)) as { made: { name: string }[] };
    expect(made.map(({ name }) => name)).toEqual(['UserError', 'poll']);
  });

  test('keep what licences ask for', async () => {
    const code = await minified('/*! Copyright Somebody */\n/* Only said. */\nexport const a = 1;\n');
    expect(code).toContain('Copyright Somebody');
    expect(code).not.toContain('Only said');
  });

  test('are named where they are no JavaScript', async () => {
    await expect(minified('class {')).rejects.toThrow(/a\.js could not be minified/);
  });
});

test('modules are in parentheses, which makes them start sooner', () => {
  const table = 'var A={68258:(e,t)=>{e.exports=t(1)},1:function(e){return{2:()=>3}}};export{A};';
  const expected = 'var A={68258:((e,t)=>{e.exports=t(1)}),1:(function(e){return{2:()=>3}})};export{A};';
  expect(inParentheses(table)).toBe(expected);
  const chunk = 'export const id=7;export const modules={7:(e,t,r)=>{r.d(t,{a:()=>1})}};';
  expect(inParentheses(chunk)).toContain('modules={7:((e,t,r)=>{r.d(t,{a:()=>1})})};');
  expect(inParentheses('a.b(()=>1)')).toBe('a.b(()=>1)');
});

test('the check of dist finds stale, missing and new files', () => {
  const [fresh, committed] = ['fresh', 'committed'].map((name) => join(folder, name)) as [string, string];
  for (const place of [fresh, committed]) {
    mkdirSync(join(place, 'core'), { recursive: true });
    writeFileSync(join(place, 'core/index.js'), 'same');
  }
  expect(differences(fresh, committed)).toEqual([]);
  writeFileSync(join(fresh, 'core/1.index.js'), 'new');
  writeFileSync(join(committed, 'core/2.index.js'), 'old');
  writeFileSync(join(committed, 'core/index.js'), 'changed');
  expect(differences(fresh, committed)).toEqual([
    'missing: core/1.index.js',
    'not made by the build: core/2.index.js',
    'stale: core/index.js',
  ]);
});
