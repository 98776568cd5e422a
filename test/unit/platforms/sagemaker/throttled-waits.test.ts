/** B3: a burst of throttling, errors of AWS's own or lost connections inside a wait is not the end of it. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AwsError } from '../../../fakes/aws/errors.ts';
import { isRead } from '../../../fakes/aws/calls.ts';
import { makeSageMakerBed, type SageMakerBed } from '../../../platforms/sagemaker-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';

const BURST_MS = 15_000;
const TROUBLE = {
  ThrottlingException: () => new AwsError('ThrottlingException', 'Rate exceeded', 400),
  ServiceUnavailable: () => new AwsError('ServiceUnavailable', 'The server is busy.', 503),
  'cut connections': () => 'drop' as const,
};

let bed: SageMakerBed;
let struck: number;
beforeEach(async () => {
  bed = await makeSageMakerBed({ pollMs: 4_000 });
  struck = 0;
});
afterEach(() => bed.dispose());

/** After every change, each look at an endpoint from a second later on, for fifteen seconds. */
function burst(trouble: () => AwsError | 'drop'): void {
  let changed = -Infinity;
  const now = () => bed.aws.time.now().getTime();
  bed.aws.inject({
    on: /^sagemaker:(?:Create|Update|Delete)Endpoint$/,
    times: Infinity,
    after: () => {
      changed = now();
      return undefined;
    },
  });
  bed.aws.inject({
    on: 'sagemaker:DescribeEndpoint',
    times: Infinity,
    before: () => {
      const since = now() - changed;
      if (since < 1000 || since > 1000 + BURST_MS) return undefined;
      struck += 1;
      return trouble();
    },
  });
}

describe.each(Object.entries(TROUBLE))('B3 15 s of %s', (_, trouble) => {
  it('in every wait of a release are waited out', async () => {
    const { target } = bed;
    expect((await target.deploy(await target.plan(bed.request('one')))).outcome).toBe('deployed');
    burst(trouble);
    const plan = await target.plan(bed.request('two'));
    expect((await target.stage(plan)).outcome).toBe('staged');
    expect((await target.promote(plan)).outcome).toBe('promoted');
    expect((await target.rollback(ENDPOINT, null)).outcome).toBe('rolled-back');
    expect((await target.teardown(ENDPOINT)).outcome).toBe('torn-down');
    // Three looks and more in each of: the candidate, the update, the candidate's end, the rollback, the end.
    expect(struck).toBeGreaterThanOrEqual(15);
    expect(bed.ports.log.text.match(/cannot be seen for the moment/g)?.length).toBeGreaterThanOrEqual(5);
  });
});

it('B3 what never ends is told when the time of the wait is over, with what was seen last', async () => {
  const target = bed.targetWith({ timeoutMs: 60_000 });
  expect((await bed.target.deploy(await bed.target.plan(bed.request('one')))).outcome).toBe('deployed');
  const plan = await target.plan(bed.request('two'));
  bed.aws.inject({
    on: 'sagemaker:DescribeEndpoint',
    times: Infinity,
    where: () => bed.aws.calls.some(({ action }) => action === 'UpdateEndpoint' && !isRead(action)),
    nth: 3,
    fault: TROUBLE.ThrottlingException(),
  });
  await expect(target.deploy(plan)).rejects.toThrow('AWS is throttling the requests of this account.');
});
