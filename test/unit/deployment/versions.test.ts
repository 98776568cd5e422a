import { describe, expect, it } from 'vitest';
import type { VersionState } from '../../../src/deployment/observed.ts';
import { expendable, previousOf, type Needs } from '../../../src/deployment/versions.ts';

function versions(...entries: [string, Partial<VersionState>?][]): VersionState[] {
  return entries.map(([version, flags]) => ({
    version,
    ours: true,
    definition: 'whole',
    madeAt: 0,
    served: true,
    verified: false,
    withdrawn: false,
    ...flags,
  }));
}

const NEEDS: Needs = { live: ['v5'], used: new Set(), keep: 1, now: 10_000, unusedMs: 1000 };
const namesOf = (found: readonly VersionState[]) => found.map(({ version }) => version);

describe('previousOf', () => {
  it('is the newest verified version before that one', () => {
    const known = versions(['v5'], ['v4'], ['v3', { verified: true }], ['v2', { verified: true }]);
    expect(previousOf(known, 'v5')?.version).toBe('v3');
  });

  it('is the newest that served where none was ever verified', () => {
    expect(previousOf(versions(['v5'], ['v4', { served: false }], ['v3']), 'v5')?.version).toBe('v3');
  });

  it('is never a version that was rolled back from', () => {
    const known = versions(['v5'], ['v4', { withdrawn: true, verified: true }], ['v3']);
    expect(previousOf(known, 'v5')?.version).toBe('v3');
  });

  it('is null for a version that nobody knows, and for the first', () => {
    expect(previousOf(versions(['v5'], ['v4']), 'v9')).toBeNull();
    expect(previousOf(versions(['v5']), 'v5')).toBeNull();
  });
});

describe('expendable', () => {
  it('keeps so many old versions, and what a rollback would go to', () => {
    const known = versions(['v5'], ['v4'], ['v3', { verified: true }], ['v2'], ['v1'], ['v0']);
    // v3 would be gone back to, and v2 from there.
    expect(namesOf(expendable(known, NEEDS))).toEqual(['v1', 'v0']);
  });

  it('keeps what a rollback from each live version would go to', () => {
    const known = versions(['v5'], ['v4'], ['v3'], ['v2'], ['v1']);
    expect(namesOf(expendable(known, { ...NEEDS, live: ['v5', 'v4'], keep: 0 }))).toEqual(['v2', 'v1']);
  });

  it('keeps what somebody uses, and what is not ours', () => {
    const known = versions(['v5'], ['v4'], ['v3'], ['v2', { ours: false }], ['v1'], ['v0']);
    expect(namesOf(expendable(known, { ...NEEDS, used: new Set(['v1']) }))).toEqual(['v0']);
  });

  it('removes a version that never served only when nobody can be about to use it', () => {
    const never = { served: false } as const;
    const known = versions(['v6', { ...never, madeAt: 9_500 }], ['v5'], ['v4'], ['v3', never]);
    expect(namesOf(expendable(known, NEEDS))).toEqual(['v3']);
  });
});
