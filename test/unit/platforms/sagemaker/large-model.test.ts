/** Weights in several files that are stored as they are, on machines with GPUs, with time to fetch and load them. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { makeSageMakerBed, type SageMakerBed } from '../../../platforms/sagemaker-bed.ts';

let bed: SageMakerBed;
beforeEach(async () => (bed = await makeSageMakerBed({}, {})));
afterEach(() => bed.dispose());

it('are planned, asked of SageMaker and read back as they were given', async () => {
  await bed.aws.putObject('models', 'llama/files/model-00001-of-00002.safetensors', 'weights');
  const url = (await bed.aws.putObject('models', 'llama/files/config.json', '{}')).replace(/[^/]+$/, '');
  const request = bed.requestWith(
    'one',
    { instanceType: 'ml.g5.12xlarge' },
    { modelDataUrl: url, startupTimeout: 1800, modelDownloadTimeout: 3600 },
  );
  const plan = await bed.target.plan(request);
  const shown = Object.fromEntries(plan.changes.map(({ field, to }) => [field, to]));
  expect(shown).toMatchObject({
    'container.ModelDataSource.S3DataSource.S3Uri': url,
    'container.ModelDataSource.S3DataSource.CompressionType': 'None',
    'variant.InstanceType': 'ml.g5.12xlarge',
    'variant.ContainerStartupHealthCheckTimeoutInSeconds': '1800',
    'variant.ModelDataDownloadTimeoutInSeconds': '3600',
  });
  const findings = plan.findings.map(({ message }) => message);
  expect(findings).toContain(`The model below ${url} is there.`);
  expect((await bed.target.deploy(plan)).outcome).toBe('deployed');
  const [variant] = bed.aws.sagemaker.endpoints.get('churn')?.variants ?? [];
  const source = { S3Uri: url, S3DataType: 'S3Prefix', CompressionType: 'None' };
  expect(variant?.model.spec.PrimaryContainer?.ModelDataSource).toEqual({ S3DataSource: source });
  expect(variant?.spec).toMatchObject({
    ModelDataDownloadTimeoutInSeconds: 3600,
    ContainerStartupHealthCheckTimeoutInSeconds: 1800,
  });
  expect((await bed.target.plan(request)).action).toBe('unchanged');
});
