/** What is remembered in the texts of three clouds is read as it was written, and what has no room is the oldest. */
import { describe, expect, it } from 'vitest';
import { NO_NOTES } from '../../../../src/deployment/kept/notes.ts';
import { NEVER, type Served } from '../../../../src/deployment/kept/served.ts';
import * as azure from '../../../../src/platforms/azure-ml/ledger.ts';
import * as lambda from '../../../../src/platforms/lambda/ledger.ts';
import * as vertex from '../../../../src/platforms/vertex-ai/ledger.ts';

const ids = (count: number) => Array.from({ length: count }, (_, at) => (1000 + at).toString().repeat(4));
const WITH_BACK: Served = { versions: ids(3), back: { run: '17', from: 'a1', to: 'b2' }, marker: 'v1_v2' };
const NOW = new Date('2026-01-02T03:04:05.000Z');

/** Each reads what it has written. */
const LEDGERS: readonly (readonly [string, (served: Served) => Served])[] = [
  ['Lambda', (served) => lambda.readServed(lambda.writeServed(served))],
  [
    'Vertex AI',
    (served) => {
      const { warm: _, ...read } = vertex.readServed(vertex.withServed({}, { ...served, warm: new Map() }));
      return read;
    },
  ],
  ['Azure ML', (served) => azure.readServed(withoutNull(azure.servedTags(served)))],
];

function withoutNull(tags: Readonly<Record<string, string | null>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(tags).flatMap(([key, value]) => (value === null ? [] : [[key, value]])),
  );
}

describe.each(LEDGERS)('what has served on %s', (_, kept) => {
  it('is read as it was written', () => {
    for (const served of [NEVER, { ...NEVER, versions: ids(1) }, WITH_BACK])
      expect(kept(served)).toEqual(served);
  });

  it('forgets the oldest versions where there is no room, and nothing else', () => {
    const many = { ...WITH_BACK, versions: ids(200) };
    const { versions, ...rest } = kept(many);
    expect(rest).toEqual({ back: WITH_BACK.back, marker: WITH_BACK.marker });
    expect(versions.length).toBeGreaterThan(3);
    expect(versions.length).toBeLessThan(200);
    expect(versions).toEqual(many.versions.slice(0, versions.length));
  });
});

describe('until when what serves no more is kept', () => {
  it('begins when a version loses its requests on Azure ML, and is over when it gets them again', () => {
    const left = withoutNull(azure.warmTags({ left: 'v1', to: 'v2', minutes: 5 }, NOW));
    const at = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000);
    expect(azure.readEnded(left, at(4.99))).toEqual([]);
    expect(azure.readEnded(left, at(5))).toEqual(['v1']);
    const again = { ...left, ...azure.warmTags({ left: 'v2', to: 'v1', minutes: 5 }, at(1)) };
    expect(azure.readEnded(withoutNull(again), at(60))).toEqual(['v2']);
    expect(
      azure.readEnded(withoutNull(azure.warmTags({ left: 'v1', to: 'v1', minutes: 5 }, NOW)), at(60)),
    ).toEqual([]);
  });

  it('is read as it was written on Vertex AI, never earlier', () => {
    const warm = new Map([['v1', NOW.getTime() + 1]]);
    const { warm: read } = vertex.readServed(vertex.withServed({}, { ...NEVER, warm }));
    expect([...read]).toEqual([['v1', NOW.getTime() + 1000]]);
  });
});

describe('what is found out of a version on Vertex AI', () => {
  it('is read as it was written, and leaves the labels of others', () => {
    const notes = { verified: true, withdrawn: true, withdrawnAt: NOW.toISOString(), release: 'f00' };
    expect(vertex.readNotes({ labels: vertex.withNotes({ team: 'ml' }, notes) })).toEqual(notes);
    const cleared = vertex.withNotes(vertex.withNotes({ team: 'ml' }, notes), NO_NOTES);
    expect(cleared).toEqual({ team: 'ml' });
  });
});

describe('a candidate', () => {
  const until = NOW.getTime();

  it.each(['production', 'a b  c', null])('keeps its environment, such as %s', (environment) => {
    const waiting = { name: 'churn-c-12345678', version: 'v2', until, environment };
    const [tag, value] = azure.waitingTag('churn', waiting);
    expect(azure.readWaiting('churn', { [tag]: value })).toEqual([waiting]);
    expect(vertex.environmentIn(vertex.describeCandidate('churn', environment))).toBe(environment);
  });

  it('keeps it on Lambda if it has no space', () => {
    for (const environment of ['production', null])
      expect(lambda.readWaiting(lambda.writeWaiting({ until, environment }))).toEqual({ until, environment });
  });
});
