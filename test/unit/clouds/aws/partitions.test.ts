/** The one table of partitions, against that of the SDK. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { describe, expect, it, test } from 'vitest';
import { bucketArn, parseArn } from '../../../../src/clouds/aws/arn.ts';
import { consoleUrl, logGroupUrl } from '../../../../src/clouds/aws/console.ts';
import { partitionOf } from '../../../../src/clouds/aws/partitions.ts';
import { AWS_REGION, AWS_REGIONS, regionsNear } from '../../../../src/core/spec/aws-regions.ts';

/** Not a dependency of ours: it comes with every client, at the version that the clients use. */
const require = createRequire(createRequire(import.meta.url).resolve('@aws-sdk/client-sts'));
const { partition } = require('@aws-sdk/core/client') as {
  partition: (region: string) => { name: string; dnsSuffix: string };
};

const REGIONS = [
  ...['us-east-1', 'eu-central-1', 'ap-southeast-7', 'il-central-1', 'mx-central-1', 'ca-west-1'],
  ...['cn-north-1', 'cn-northwest-1', 'us-gov-west-1', 'us-gov-east-1', 'eusc-de-east-1'],
  ...['us-iso-east-1', 'us-isob-east-1', 'eu-isoe-west-1', 'us-isof-south-1'],
];

it.each(REGIONS)('%s is in the partition that the SDK says, with its suffix', (region) => {
  const { name, suffix } = partitionOf(region);
  const said = partition(region);
  expect({ name, suffix }).toEqual({ name: said.name, suffix: said.dnsSuffix });
});

test('the regions that messages offer are those of the SDK', () => {
  const source = readFileSync(require.resolve('@aws-sdk/core/client'), 'utf8');
  const table = source.slice(source.indexOf('const partitionsInfo = {'));
  const names = [...table.slice(0, table.indexOf('\n};')).matchAll(/"([a-z]+(?:-[a-z]+)+-\d+)": \{/g)];
  expect([...AWS_REGIONS].sort()).toEqual(names.map(([, name]) => name).sort());
  expect(AWS_REGIONS.filter((name) => !AWS_REGION.test(name))).toEqual([]);
});

test.each([
  ['eu-centrall-1', ' Did you mean "eu-central-1"?'],
  ['eu-west1', ' Did you mean "eu-west-1"?'],
  ['sa-somewhere-far-9', ' There is sa-east-1, sa-west-1.'],
])('what may be meant by %s', (name, near) => {
  expect(AWS_REGION.test(name)).toBe(false);
  expect(regionsNear(name)).toBe(near);
});

test('a name of nowhere gets the whole list', () => {
  expect(regionsNear('frankfurt')).toMatch(/^ There is us-east-1, .*eu-isoe-west-1\.$/);
});

describe('an ARN', () => {
  it.each([
    [
      'arn:aws:sagemaker:eu-west-1:123456789012:model-package/churn/1',
      {
        service: 'sagemaker',
        region: 'eu-west-1',
        account: '123456789012',
        resource: 'model-package/churn/1',
      },
    ],
    [
      'arn:aws-us-gov:iam::123456789012:role/path/name',
      { service: 'iam', region: '', account: '123456789012', resource: 'role/path/name' },
    ],
    ['arn:aws-iso-b:s3:::bucket/key', { service: 's3', region: '', account: '', resource: 'bucket/key' }],
  ])('%s is read', (text, arn) => expect(parseArn(text)).toEqual(arn));

  it.each(['', 'arn:aws:s3', 'arn:azure:s3:::b', 'arn:aws:iam::12345:role/x', 'x arn:aws:s3:::b'])(
    '%j is none',
    (text) => expect(parseArn(text)).toBeNull(),
  );

  it('of a bucket is of the partition of its region', () => {
    expect(bucketArn('models', 'eusc-de-east-1')).toBe('arn:aws-eusc:s3:::models');
    expect(parseArn(bucketArn('models', 'us-isof-south-1'))?.resource).toBe('models');
  });
});

describe('the console', () => {
  it('has an address in each public partition', () => {
    expect(consoleUrl('eusc-de-east-1', 'sagemaker', '/endpoints/x')).toBe(
      'https://eusc-de-east-1.console.amazonaws-eusc.eu/sagemaker/home?region=eusc-de-east-1#/endpoints/x',
    );
    expect(logGroupUrl('cn-north-1', '/aws/x')).toBe(
      'https://cn-north-1.console.amazonaws.cn/cloudwatch/home?region=cn-north-1#logsV2:log-groups/log-group/$252Faws$252Fx',
    );
  });

  it('has none that we know in the others', () => {
    expect(consoleUrl('us-iso-east-1', 'sagemaker', '/endpoints/x')).toBeNull();
  });
});
