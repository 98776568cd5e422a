import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { keepDeployedImage } from '../../../../src/adapters/ecr/keep-image.ts';
import { CancelledError, UpstreamError } from '../../../../src/core/errors.ts';
import { deployedTag, lifecyclePolicy } from '../../../../src/core/image/ecr.ts';
import { FakeAws } from '../../../fakes/aws/fake-aws.ts';

let aws: FakeAws;
let image: { uri: string; digest: string };

beforeEach(async () => {
  aws = await FakeAws.start();
  const { uri, digest } = aws.pushImage('churn', 'content-0123456789abcdef');
  image = { uri: uri.replace(/:[^:/]*$/, `@${digest}`), digest };
  expires(lifecyclePolicy());
});
afterEach(() => aws.close());

const expires = (policy: object | string) =>
  void aws.ecr.lifecycles.set(
    `${aws.world.account}/churn`,
    typeof policy === 'string' ? policy : JSON.stringify(policy),
  );
const keep = (uri = image.uri, { signal } = new AbortController()) =>
  keepDeployedImage(uri, { signal, config: aws.client });
const tags = () => [...(aws.ecr.repositories.get(`${aws.world.account}/churn`)?.[0]?.tags ?? [])];
const asked = () => aws.calls.map(({ name }) => name.split(':')[1]);
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => new Error('it did not fail'),
    (thrown: unknown) => thrown as Error,
  );

describe('a deployed image', () => {
  it('gets the tag that its lifecycle policy spares, once', async () => {
    expect(await keep()).toBe('kept');
    expect(tags()).toEqual(['content-0123456789abcdef', deployedTag(image.digest)]);
    expect(await keep()).toBe('kept-before');
    expect(asked().filter((name) => name === 'PutImage')).toHaveLength(1);
  });

  it('may be tagged by two runs at once', async () => {
    expect((await Promise.all([keep(), keep()])).sort()).toEqual(['kept', 'kept-before']);
  });

  it.each([
    ['has no policy', () => aws.ecr.lifecycles.clear()],
    ['has a policy that knows nothing of the tag', () => expires({ rules: [{ selection: {} }] })],
    ['has a policy that is no JSON', () => expires('{')],
  ])('needs none where the repository %s', async (_, prepare) => {
    prepare();
    expect(await keep()).toBe('needless');
    expect(asked()).toEqual(['GetLifecyclePolicy']);
    expect(tags()).toHaveLength(1);
  });

  it.each([
    'ghcr.io/acme/churn@sha256:' + 'a'.repeat(64),
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com/x:v1',
  ])('needs none as %s, which is asked nothing', async (uri) => {
    expect(await keep(uri)).toBe('needless');
    expect(asked()).toEqual([]);
  });

  it.each(['ecr:GetLifecyclePolicy', 'ecr:BatchGetImage', 'ecr:PutImage'])(
    'stays as it is without %s, and the error names it and the policy',
    async (missing) => {
      aws.allows = ({ action }) => action !== missing;
      const error = await failure(keep());
      expect(error).toBeInstanceOf(UpstreamError);
      expect(error.message).toContain(`do not allow ${missing}. Add the permission`);
      expect(error.message).toContain('docs/iam/deploy.json');
      expect(tags()).toHaveLength(1);
    },
  );

  it('that is gone is said to be gone', async () => {
    const error = await failure(keep(image.uri.replace(/@.*/, `@sha256:${'0'.repeat(64)}`)));
    expect(error).toBeInstanceOf(UpstreamError);
    expect(error.message).toContain('ECR no longer has the image sha256:000');
  });

  it('is left alone where the run is cancelled', async () => {
    const controller = new AbortController();
    controller.abort();
    expect(await failure(keep(image.uri, controller))).toBeInstanceOf(CancelledError);
    expect(tags()).toHaveLength(1);
  });
});
