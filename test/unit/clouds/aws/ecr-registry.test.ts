import { describe, expect, it } from 'vitest';
import { ecrRegistryOf, parseEcrHost } from '../../../../src/clouds/aws/ecr-registry.ts';

describe('ECR hosts', () => {
  it.each([
    'eu-central-1',
    'cn-north-1',
    'us-gov-west-1',
    'us-iso-east-1',
    'us-isob-east-1',
    'eusc-de-east-1',
    'us-isof-south-1',
    'eu-isoe-west-1',
  ])('are made and read for %s', (region) => {
    const registry = ecrRegistryOf('123456789012', region);
    expect(parseEcrHost(registry.host)).toEqual(registry);
  });

  it.each(['123456789012.dkr.ecr-fips.us-east-1.amazonaws.com', '123456789012.dkr-ecr.us-east-1.on.aws'])(
    'are known in the form %s',
    (host) => {
      expect(parseEcrHost(host)).toEqual({ host, account: '123456789012', region: 'us-east-1' });
    },
  );

  it.each([
    'ghcr.io',
    'public.ecr.aws',
    '123456789012.dkr.ecr.us-east-1.amazonaws.com.evil.example',
    '12345.dkr.ecr.us-east-1.amazonaws.com',
    // The suffix of another partition than the region's.
    '123456789012.dkr.ecr.cn-north-1.amazonaws.com',
    '123456789012.dkr.ecr.us-east-1.amazonaws.com.cn',
  ])('are not seen in %s', (host) => {
    expect(parseEcrHost(host)).toBeNull();
  });
});
