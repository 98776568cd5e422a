import { describe, expect, it } from 'vitest';
import { accept } from '../../../src/deployment/effects.ts';
import { LIVE, version } from '../../deployment/scenarios.ts';

describe('a version that is noted as having served', () => {
  const note = (name: string, versions = LIVE.versions) =>
    accept({ ...LIVE, versions }, { kind: 'note', of: name, note: 'served' }, 0).versions;

  it('is the newest from then on: another one may have been made meanwhile', () => {
    const made = [version('v3', false), version('v2', false), ...LIVE.versions];
    expect(note('v2', made).map((entry) => entry.version)).toEqual(['v2', 'v3', 'v1', 'v0']);
  });

  it('is withdrawn no longer', () => {
    const [newest] = note('v0', [version('v1', true), version('v0', true, { withdrawn: true })]);
    expect(newest).toMatchObject({ version: 'v0', served: true, withdrawn: false });
  });

  it('is the newest also where it served before another one did, and stays it', () => {
    expect(note('v0').map((entry) => entry.version)).toEqual(['v0', 'v1']);
    expect(note('v1').map((entry) => entry.version)).toEqual(['v1', 'v0']);
  });
});
