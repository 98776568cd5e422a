/** What a plan for a local endpoint says that is done, and what its server is then asked for. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Plan } from '../../../../src/documents/plan.ts';
import { makeLocalBed, type LocalBed } from '../../../platforms/local-bed.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';

let bed: LocalBed;
beforeEach(async () => {
  bed = await makeLocalBed();
});
afterEach(() => bed.dispose());

const planned = (model: ModelName, target = bed.target) => target.plan(bed.request(model));
const deployed = async (model: ModelName) => bed.target.deploy(await planned(model));
/** With names of versions instead of their digests. */
const said = ({ steps }: Plan) =>
  steps.map(({ when, what }) => {
    const names = Object.entries(bed.archives).map(([name, { digest }]) => [digest, name] as const);
    return `${when}: ${names.reduce((text, [digest, name]) => text.replaceAll(digest, `<${name}>`), what)}`;
  });

/** The candidate is named after the plan. */
const around = ({ candidate }: Plan, serves: string, version: string) => [
  `will: The files of <${version}> are put in place.`,
  `will: The candidate ${candidate} is started.`,
  `will: ${serves}`,
  `will: Facts about <${version}> are recorded.`,
  `will: The candidate ${candidate} is removed.`,
];

describe('the steps of a local plan', () => {
  it('are those of a first release and of an update, and none where nothing changes', async () => {
    const first = await planned('one');
    expect(said(first)).toEqual(around(first, 'The endpoint churn is created with <one>.', 'one'));
    await deployed('one');
    const next = await planned('two');
    expect(said(next)).toEqual(around(next, 'churn is moved to <two>.', 'two'));
    expect((await planned('one')).steps).toEqual([]);
  });

  it('start no server, and say that a version which does not answer is loaded again', async () => {
    await deployed('one');
    await bed.stopServers();
    const before = bed.said.length;
    expect(said(await planned('one'))).toEqual(['will: The version that serves churn is loaded again.']);
    expect(bed.said.slice(before)).toEqual([]);
    expect((await bed.target.describe(ENDPOINT)).status).toBe('not-serving');
  });
});
