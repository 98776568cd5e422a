import { describe, expect, it } from 'vitest';
import { findImage } from '../../../../src/actions/deploy-endpoint/image.ts';
import { UserError } from '../../../../src/core/errors.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

function ports(digest: string | null) {
  const asked: string[] = [];
  const imageDigest = (name: { registry: string; repository: string }, tag: string) => {
    asked.push(`${name.registry}/${name.repository}:${tag}`);
    return Promise.resolve(digest);
  };
  return { asked, imageDigest };
}

describe('the image', () => {
  it('by digest is taken as it is, without its tag', async () => {
    const { asked, imageDigest } = ports(null);
    const image = await findImage(`ghcr.io/acme/churn:v1@${DIGEST}`, { imageDigest });
    expect(image).toEqual({ uri: `ghcr.io/acme/churn@${DIGEST}`, digest: DIGEST });
    expect(asked).toEqual([]);
  });

  it.each([
    ['ghcr.io/acme/churn:v1', 'ghcr.io/acme/churn:v1'],
    ['127.0.0.1:5000/churn', '127.0.0.1:5000/churn:latest'],
  ])('%s is what %s points to now', async (uri, reference) => {
    const { asked, imageDigest } = ports(DIGEST);
    expect((await findImage(uri, { imageDigest })).digest).toBe(DIGEST);
    expect(asked).toEqual([reference]);
  });

  it('that is not there, or is none, is the user’s problem', async () => {
    const missing = findImage('ghcr.io/acme/churn:v1', ports(null));
    await expect(missing).rejects.toThrow(UserError);
    await expect(missing).rejects.toThrow(/"ghcr.io\/acme\/churn:v1" is not in its registry.*push-image/);
    await expect(findImage('churn:v1', ports(null))).rejects.toThrow(/has no registry/);
  });
});
