/** What a name or a tag stands for: an endpoint by its own case, an image by its digest. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/core/errors.ts';
import { ecrDigest } from '../../../../src/adapters/ecr/ecr-digest.ts';
import { makeSageMakerBed, type SageMakerBed } from '../../../platforms/sagemaker-bed.ts';

let bed: SageMakerBed;
beforeEach(async () => {
  bed = await makeSageMakerBed();
});
afterEach(() => bed.dispose());

describe('B10 the name of an endpoint in another case', () => {
  it.each(['plan', 'rollback', 'teardown'] as const)(
    'is refused by %s, and changes nothing',
    async (command) => {
      await bed.target.deploy(await bed.target.plan(bed.request('one')));
      bed.aws.forget();
      const run = {
        plan: () => bed.target.plan(bed.request('two', 'Churn')),
        rollback: () => bed.target.rollback('Churn', null),
        teardown: () => bed.target.teardown('Churn'),
      };
      const refused = run[command]();
      await expect(refused).rejects.toThrow(UserError);
      await expect(refused).rejects.toThrow('"Churn" is not the name of the endpoint churn');
      expect(bed.aws.names('mutations')).toEqual([]);
    },
  );
});

describe('B1 the digest behind a tag', () => {
  const name = { registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', repository: 'churn-serving' };

  it('is asked for as a plan asks, with what deploy-plan.json allows', async () => {
    expect(await ecrDigest(name, 'v1', bed.clients())).toBe(bed.image.digest);
    expect(bed.aws.names()).toEqual(['ecr:BatchGetImage']);
  });

  it.each([
    ['of a tag that is not there', { ...name }, 'v9'],
    ['of a repository that is not there', { ...name, repository: 'none' }, 'v1'],
    ['of another registry', { ...name, registry: 'ghcr.io' }, 'v1'],
  ])('is nothing %s', async (_, image, tag) => {
    expect(await ecrDigest(image, tag, bed.clients())).toBeNull();
  });
});
