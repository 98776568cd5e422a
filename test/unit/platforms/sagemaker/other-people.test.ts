/** The account is not ours alone: what other people have there changes nothing, and is not looked at one by one. */
import { afterEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../fakes/aws/errors.ts';
import { isRead } from '../../../fakes/aws/calls.ts';
import type { Neighbours } from '../../../fakes/aws/other-people/other-people.ts';
import { steady } from '../../../faults/scene.ts';
import { makeSageMakerBed, type SageMakerBed } from '../../../platforms/sagemaker-bed.ts';
import { ENDPOINT, type ModelName } from '../../../platforms/target-suite.ts';

const refusal = new AwsError('ValidationException', 'Unknown property EndpointConfigName.');
let bed: SageMakerBed;
afterEach(() => bed.dispose());

const open = async (neighbours: Neighbours) => {
  const made = await makeSageMakerBed({ keepVersions: 1 }, { neighbours });
  const targetWith: SageMakerBed['targetWith'] = (options) =>
    made.targetWith({ clock: steady(made.ports.clock), ...options });
  bed = { ...made, targetWith, target: targetWith({}) };
};
const deploy = async (...models: readonly ModelName[]) => {
  for (const model of models) await bed.target.deploy(await bed.target.plan(bed.request(model)));
};
/** Older than whatever a rollback could go to; with a time that later deployments do not carry over. */
const deployOlder = async () => {
  for (const [model, startupTimeout] of [['three', 300] as const, ['one', 400] as const])
    await bed.target.deploy(await bed.target.plan(bed.requestWith(model, {}, { startupTimeout })));
};
const changed = () =>
  bed.aws.calls
    .filter(({ action }) => !isRead(action))
    .map(({ name, input }) => `${name} ${JSON.stringify(input)}`)
    .toSorted();
const inUse = () => bed.aws.names().filter((name) => name === 'sagemaker:Search').length;

/** What was done, and what came of it, in an account with or without others. */
async function trace(neighbours: Neighbours, run: () => Promise<unknown>): Promise<unknown> {
  await open(neighbours);
  const outcome = await run();
  const made = { outcome, changed: changed(), ours: [...bed.aws.ours.configs.keys()].toSorted() };
  await bed.dispose();
  return made;
}

const FLOWS: Readonly<Record<string, () => Promise<unknown>>> = {
  'a plan and a deployment of what serves, with a version beyond those that are kept': async () => {
    await deployOlder();
    await deploy('one', 'two', 'three');
    const target = bed.targetWith({ keepVersions: 0 });
    const plan = await target.plan(bed.request('three'));
    return [plan.changes, (await target.deploy(plan)).outcome];
  },
  'old versions that are pruned': async () => {
    await deployOlder();
    await deploy('one', 'two', 'three');
    return (await bed.target.describe(ENDPOINT)).versions.length;
  },
  'a teardown with a candidate': async () => {
    await deploy('one');
    await bed.target.stage(await bed.target.plan(bed.request('two')));
    return (await bed.target.teardown(ENDPOINT)).outcome;
  },
  'a candidate that is reaped, with its config and model': async () => {
    await deploy('one');
    await bed.target.stage(await bed.target.plan(bed.request('two')));
    bed.ports.clock.advance(7 * 3_600_000);
    const { outcome, message } = await bed.target.reap(ENDPOINT, null);
    return [outcome, message];
  },
};

describe('A3 beside other people', () => {
  it.each(Object.entries(FLOWS))('%s: the same as in an account of our own', async (_, run) => {
    const alone = await trace('none', run);
    expect(await trace('beside', run)).toEqual(alone);
    expect(await trace('closed', run)).toEqual(alone);
    await open('none');
  });

  it('asks once for the whole account who uses our versions, and describes nobody else’s endpoint', async () => {
    await open('beside');
    await deployOlder();
    await deploy('one', 'two', 'three');
    const theirs = bed.aws.calls.filter(
      ({ action, permissions }) =>
        action.startsWith('DescribeEndpoint') &&
        permissions.some(
          ({ resource }) => bed.aws.neighbours.owns(resource) && !resource.includes('/churn-'),
        ),
    );
    expect(theirs.map(({ input }) => input)).toEqual([]);
    expect(inUse()).toBeGreaterThan(0);
    bed.aws.forget();
    await bed.target.teardown(ENDPOINT);
    // More than a hundred of theirs begin like ours, and 100 come at a time; before the end it is asked once more.
    expect(inUse()).toBe(4);
    for (const { action, input } of bed.aws.calls.filter(({ action: name }) => /^List(E|M)/.test(name)))
      expect([action, input.MaxResults]).toEqual([action, 100]);
  });

  it('looks at no config of an endpoint whose name begins like ours', async () => {
    await open('beside');
    await deployOlder();
    await deploy('one', 'two', 'three');
    await bed.target.teardown(ENDPOINT);
    const read = bed.aws.calls.filter(
      ({ action, input }) =>
        action === 'DescribeEndpointConfig' && String(input.EndpointConfigName).startsWith('churn-eu-'),
    );
    expect(read).toEqual([]);
  });

  it('leaves what an endpoint made by hand uses, whose name may not be looked at', async () => {
    await open('beside');
    await deploy('one');
    const [version = ''] = [...bed.aws.ours.configs.keys()];
    const sageMaker = await bed.clients().sageMaker();
    await sageMaker.createEndpoint({ EndpointName: 'by-hand', EndpointConfigName: version });
    bed.aws.advance(200_000);
    bed.aws.allows = ({ resource }) => !resource.endsWith('/by-hand');
    const result = await bed.target.teardown(ENDPOINT);
    expect([result.outcome, [...bed.aws.ours.configs.keys()]]).toEqual(['torn-down', [version]]);
    expect(result.message).toContain(version);
  });

  it.each(['denied', 'refused'])('keeps its versions, and says so, where the search is %s', async (how) => {
    await open('beside');
    await deployOlder();
    await deploy('one', 'two', 'three');
    const before = [...bed.aws.ours.configs.keys()];
    if (how === 'denied') bed.aws.allows = ({ action }) => action !== 'sagemaker:Search';
    else bed.aws.inject({ on: 'sagemaker:Search', fault: refusal, times: Infinity });
    const target = bed.targetWith({ keepVersions: 0 });
    const plan = await target.plan(bed.request('three'));
    expect([plan.action, (await target.deploy(plan)).outcome]).toEqual(['unchanged', 'unchanged']);
    const gone = await target.teardown(ENDPOINT);
    expect(gone.outcome).toBe('torn-down');
    expect([...bed.aws.ours.configs.keys()]).toEqual(before);
    expect(bed.ports.log.text).toContain('it is not known whether another endpoint uses them');
    if (how === 'denied') expect(bed.ports.log.text).toContain('sagemaker:Search');
  });

  it('leaves a candidate of another repository alone, in a teardown too', async () => {
    await open('beside');
    await deploy('one');
    await bed.target.teardown(ENDPOINT);
    expect(bed.aws.sagemaker.endpoints.has('churn-c-decafbad')).toBe(true);
    expect((await bed.target.describe(ENDPOINT)).candidates).toEqual([]);
  });
});
