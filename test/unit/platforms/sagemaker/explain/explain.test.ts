import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Cause } from '../../../../../src/platforms/sagemaker/explain/causes.ts';
import { explain, explainFailure } from '../../../../../src/platforms/sagemaker/explain/explain.ts';
import { ENDPOINT, startBed, VARIANT, type Bed } from '../modules-bed.ts';

/** Word for word as people reported them; explain/causes.ts names the places. */
const REASONS: readonly (readonly [Cause, string])[] = [
  [
    'ping',
    'The primary container for production variant AllTraffic did not pass the ping health check. Please check CloudWatch logs for this endpoint.',
  ],
  [
    'ping',
    "CannotStartContainerError. Please ensure the model container for variant comfyui-sample starts correctly when invoked with 'docker run <image> serve'",
  ],
  [
    'model-download',
    'Failed to download model data for container "container_1" from URL: "s3://b/fraud-classifier/model.tar.gz". Please ensure that there is an object located at the URL and that the role passed to CreateModel has permissions to download the object.',
  ],
  [
    'model-download',
    'Failed to extract model data archive from URL "s3://b/k.tar.gz". Please ensure that the object located at the URL is a valid tar.gz archive.',
  ],
  ['model-download', 'Could not find model data at s3://jumpstart-cache-prod-eu-central-1/x/v2.0.0/.'],
  [
    'image-pull',
    'Please make sure all images included in the model for the production variant AllTraffic exist, and that the execution role used to create the model has permissions to access them.',
  ],
  [
    'image-pull',
    'The repository of your image 123456789012.dkr.ecr.eu-west-2.amazonaws.com/x:1 does not grant ecr:GetDownloadUrlForLayer, ecr:BatchGetImage, ecr:BatchCheckLayerAvailability permission to sagemaker.amazonaws.com service principal.',
  ],
  [
    'out-of-memory',
    'The model data archive is too large. Please reduce the size of the model data archive or move to an instance type with more memory.',
  ],
  [
    'no-capacity',
    'Unable to provision requested ML compute capacity due to InsufficientInstanceCapacity error. Please retry using a different ML instance type or after some time.',
  ],
  [
    'no-capacity',
    'CapacityError: Unable to provision requested ML compute capacity. Please retry using a different ML instance type.',
  ],
  [
    'quota',
    "The account-level service limit 'ml.m5.large for endpoint usage' is 0 Instances, with current utilization of 0 Instances and a request delta of 1 Instances. Please contact AWS support to request an increase for this limit.",
  ],
  [
    'role',
    'Could not access model data at s3://b/k/. Please ensure that the role "arn:aws:iam::123456789012:role/r" exists and that its trust relationship policy allows the action "sts:AssumeRole" for the service principal "sagemaker.amazonaws.com". Also ensure that the role has "s3:GetObject" permissions and that the object is located in eu-west-1.',
  ],
  ['unknown', 'Request to service failed. If failure persists after retry, contact customer support.'],
  ['unknown', ''],
];

describe('the cause', () => {
  it.each(REASONS)('is %s for: %s', (cause, reason) => {
    const found = explain({ endpoint: ENDPOINT, variant: VARIANT, reason }, { text: '', note: '' });
    expect(found.cause).toBe(cause);
    expect(found.sentence).toContain(reason === '' ? 'AWS gave no reason' : reason);
    expect(found.sentence).toContain(VARIANT);
    expect(found.fix.length).toBeGreaterThan(20);
  });

  it.each([
    'Traceback (most recent call last):\nMemoryError: Unable to allocate 3.1 GiB',
    '[CRITICAL] WORKER TIMEOUT\n[ERROR] Worker (pid:17) was sent SIGKILL! Perhaps out of memory?',
    'runtimeError: 507 - System out of memory',
    "terminate called after throwing an instance of 'std::bad_alloc'",
  ])('is memory where the log says so, although AWS only saw no answer: %s', (text) => {
    const [, ping] = REASONS[0] ?? ['', ''];
    const failure = { endpoint: ENDPOINT, variant: VARIANT, reason: ping };
    expect(explain(failure, { text, note: '' }).cause).toBe('out-of-memory');
  });

  it('is what AWS says, whatever else the log says', () => {
    const failure = { endpoint: ENDPOINT, variant: VARIANT, reason: REASONS[8]?.[1] ?? '' };
    expect(explain(failure, { text: 'MemoryError', note: '' }).cause).toBe('no-capacity');
  });
});

describe('the log of a failed endpoint', () => {
  const failure = { endpoint: ENDPOINT, variant: VARIANT, reason: REASONS[0]?.[1] ?? '' };
  const group = `/aws/sagemaker/Endpoints/${ENDPOINT}`;
  let bed: Bed;

  beforeEach(async () => {
    bed = await startBed();
  });

  afterEach(() => bed.aws.close());

  it('is the tail of the newest stream of the right variant', async () => {
    bed.aws.log(group, `${VARIANT}/i-0old`, ['the first try']);
    bed.aws.advance(60_000);
    bed.aws.log(
      group,
      `${VARIANT}/i-1new`,
      Array.from({ length: 80 }, (_, at) => `line ${at}`),
    );
    bed.aws.advance(60_000);
    bed.aws.log(group, 'other/i-2', ['another variant']);
    bed.aws.log(group, `${VARIANT}-b/i-3`, ['a variant whose name begins the same']);
    const { logTail, logNote } = await explainFailure(bed.clients, failure);
    expect(logTail.split('\n')).toEqual(Array.from({ length: 50 }, (_, at) => `line ${at + 30}`));
    expect(logNote).toBe('');
  });

  it('does not exist yet: no error, and the explanation says so', async () => {
    const found = await explainFailure(bed.clients, failure);
    expect(found).toMatchObject({
      cause: 'ping',
      logTail: '',
      logNote: `There is no log group ${group} yet.`,
    });
  });

  it('has nothing of this variant yet', async () => {
    bed.aws.log(group, 'other/i-2', ['another variant']);
    expect(await explainFailure(bed.clients, failure)).toMatchObject({
      logTail: '',
      logNote: `${group} has no log of ${VARIANT} yet.`,
    });
  });

  it('may not be read: the failure is explained all the same', async () => {
    bed.aws.inject({ on: 'logs:DescribeLogStreams', fault: 'denied' });
    const found = await explainFailure(bed.clients, failure);
    expect(found.cause).toBe('ping');
    expect(found.logNote).toContain('logs:DescribeLogStreams');
  });

  it('cannot be read: the failure is explained all the same', async () => {
    bed.aws.inject({ on: 'logs:DescribeLogStreams', fault: 'error-500' });
    const found = await explainFailure(bed.clients, failure);
    expect(found.cause).toBe('ping');
    expect(found.logNote).toContain('InternalFailure');
  });
});
