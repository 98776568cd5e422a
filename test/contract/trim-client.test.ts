/** The bundle's copies of AWS's clients have every operation that our code calls. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../../scripts/lib/paths.ts';
import { knownOperations, operationsIn, TRIMMED } from '../../scripts/lib/trim-client.ts';
import { wrapped } from '../../scripts/lib/wrap-modules.ts';

function textOf(folder: string, ending: string): string {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith(ending))
    .map((file) => readFileSync(join(root, folder, file), 'utf8'))
    .join('\n');
}

const sources = textOf('src', '.ts');
const policies = textOf('docs/iam', '.json');

/** As IAM calls a client's service, where its permissions are named by its operations. */
const SERVICES: Readonly<Partial<Record<(typeof TRIMMED)[number], string>>> = {
  sagemaker: 'sagemaker',
  lambda: 'lambda',
  eventbridge: 'events',
};

test.each(TRIMMED)('of %s, what is kept is what we call, and a part of the whole', (client) => {
  const known = knownOperations(client);
  const kept = operationsIn(sources, known);
  // Those of docs/iam are what the flows were seen to ask for.
  const called = [...policies.matchAll(new RegExp(`"${SERVICES[client] ?? '-'}:(\\w+)"`, 'g'))];
  const named = called.map(([, name = '']) => (name === 'InvokeFunction' ? 'Invoke' : name));
  const ofThisClient = [...new Set(named)].filter((name) => known.includes(name));
  if (client === 'sagemaker') expect(ofThisClient.length).toBeGreaterThan(20);
  expect(kept).toEqual(expect.arrayContaining(ofThisClient));
  expect(kept.length).toBeLessThan(Math.min(40, known.length / 2));
});

test('modules of the bundle are put into parentheses, and nothing else is', () => {
  const code =
    'export const modules={12:(e,t)=>{var n={3:()=>1};t.x=n},34:function(e){e.y=")"},five:6};let z={7:[]};';
  expect(wrapped(code)).toBe(
    'export const modules={12:((e,t)=>{var n={3:()=>1};t.x=n}),34:(function(e){e.y=")"}),five:6};let z={7:[]};',
  );
});
