/** The bundle's copy of SageMaker's client has every operation that our code calls. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { knownOperations, operationsIn } from '../../scripts/lib/trim-client.ts';
import { wrapped } from '../../scripts/lib/wrap-modules.ts';

function textOf(folder: string, ending: string): string {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'))
    .join('\n');
}

const sources = textOf('src', '.ts');
const policies = textOf('docs/iam', '.json');

test('what is kept is what the permissions say that we call, and a small part of the whole', () => {
  const known = knownOperations();
  const kept = operationsIn(sources, known);
  // Those of docs/iam are what the flows were seen to ask for.
  const called = [...policies.matchAll(/"sagemaker:(\w+)"/g)].map(([, name = '']) => name);
  const ofThisClient = [...new Set(called)].filter((name) => known.includes(name));
  expect(ofThisClient.length).toBeGreaterThan(20);
  expect(kept).toEqual(expect.arrayContaining(ofThisClient));
  expect(known.length).toBeGreaterThan(300);
  expect(kept.length).toBeLessThan(40);
});

test('modules of the bundle are put into parentheses, and nothing else is', () => {
  const code =
    'export const modules={12:(e,t)=>{var n={3:()=>1};t.x=n},34:function(e){e.y=")"},five:6};let z={7:[]};';
  expect(wrapped(code)).toBe(
    'export const modules={12:((e,t)=>{var n={3:()=>1};t.x=n}),34:(function(e){e.y=")"}),five:6};let z={7:[]};',
  );
});
