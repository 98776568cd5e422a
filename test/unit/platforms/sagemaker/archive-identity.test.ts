import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkApproved } from '../../../../src/core/plan/check-approved.ts';
import { UserError } from '../../../../src/core/errors.ts';
import { makeSageMakerBed, type SageMakerBed } from '../../../platforms/sagemaker-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';

let bed: SageMakerBed;
beforeEach(async () => {
  bed = await makeSageMakerBed();
  await bed.target.deploy(await bed.target.plan(bed.request('one')));
});
afterEach(() => bed.dispose());

const overwrite = (body: string) =>
  bed.aws.putObject('models', bed.archives.two.url.replace('s3://models/', ''), Buffer.from(body));
/** As many bytes as the archive had. */
const OTHER = 'THE ARCHIVE OF TWO';

it('refuses to promote an archive that was overwritten since it was staged', async () => {
  await bed.target.stage(await bed.target.plan(bed.request('two')));
  await overwrite(OTHER);
  const plan = await bed.target.plan({
    ...bed.request('two'),
    sources: { ...bed.request('two').sources, modelSha256: null },
  });
  bed.aws.forget();
  await expect(bed.target.promote(plan)).rejects.toThrow(UserError);
  await expect(bed.target.promote(plan)).rejects.toThrow(
    /was overwritten after the candidate churn-c-\w+ was staged/,
  );
  expect(bed.aws.names('mutations')).toEqual([]);
  expect((await bed.target.describe(ENDPOINT)).live?.modelDigest).toBe(bed.archives.one.digest);
});

it('promotes what was put there again as it was', async () => {
  const plan = await bed.target.plan(bed.request('two'));
  await bed.target.stage(plan);
  await overwrite('the archive of two');
  expect((await bed.target.promote(await bed.target.plan(bed.request('two')))).outcome).toBe('promoted');
});

it('refuses an approved plan whose archive was overwritten since', async () => {
  const request = { ...bed.request('two'), sources: { ...bed.request('two').sources, modelSha256: null } };
  const approved = await bed.target.plan(request);
  expect(approved.sources.archive).toMatch(/^(CRC64NVME|SHA256|ETag):/);
  await overwrite(OTHER);
  const verdict = checkApproved(approved, await bed.target.plan(request));
  expect(verdict).toMatchObject({
    accepted: false,
    reason: expect.stringContaining('was overwritten') as string,
    changes: [{ field: 'archive', from: approved.sources.archive }],
  });
});
