/**
 * The clients of the beds. Those of a fake that was started with `listen: false`, as the beds start it, hand it their calls
 * as they are: the SDK's way through middleware, signature and connection takes four times as long as everything else.
 * What that leaves out, the SDK's own words for what it is given and gets, its retries and time limits, is kept by the tests
 * of the fake (test/unit/fakes/aws, all by SDK clients over a port), by those of src/clouds/aws (renewal.test.ts: a whole
 * release over a port), and by those of the built actions, such as test/e2e/deploy-sagemaker.test.ts and
 * test/e2e/lambda-release.test.ts.
 */
import { createAwsClients, type AwsClientOptions, type AwsClients } from '../../src/clouds/aws/clients.ts';
import { directClients } from '../fakes/aws/direct-clients.ts';
import type { FakeAws } from '../fakes/aws/fake-aws.ts';

/** Each call is made once, unless more is asked for: so each injected fault is seen. */
export function clientsOf(aws: FakeAws, more: Partial<AwsClientOptions> = {}): AwsClients {
  const config = { ...aws.client, ...more.config };
  const sdk = createAwsClients({ region: aws.world.region, ...more, config });
  return config.requestHandler === undefined
    ? sdk
    : directClients(aws, sdk, { ...more, maxAttempts: config.maxAttempts });
}
