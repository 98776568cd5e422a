import { afterAll, beforeAll, expect, it } from 'vitest';
import { startScene, type Scene } from './scene.ts';

const ARN = 'arn:aws:sagemaker:eu-west-1:123456789012:endpoint-config/one';

let scene: Scene;
beforeAll(async () => {
  scene = await startScene();
  await scene.config('one');
});
afterAll(() => scene.close());

it('adds, replaces, lists and takes off', async () => {
  await scene.sagemaker.addTags({
    ResourceArn: ARN,
    Tags: [
      { Key: 'a', Value: '1' },
      { Key: 'b', Value: '2' },
    ],
  });
  await scene.sagemaker.addTags({ ResourceArn: ARN, Tags: [{ Key: 'a', Value: '3' }] });
  await scene.sagemaker.deleteTags({ ResourceArn: ARN, TagKeys: ['b', 'c'] });
  expect((await scene.sagemaker.listTags({ ResourceArn: ARN })).Tags).toEqual([{ Key: 'a', Value: '3' }]);
  expect(scene.aws.tagsOf('endpoint-config', 'one')).toEqual({ a: '3' });
  scene.aws.stripTags('endpoint-config', 'one');
  expect((await scene.sagemaker.listTags({ ResourceArn: ARN })).Tags).toEqual([]);
});

it('refuses two of one key, keys of AWS, characters that no tag may have, and more than 50', async () => {
  const add = (...keys: string[]) =>
    scene.sagemaker.addTags({ ResourceArn: ARN, Tags: keys.map((Key) => ({ Key, Value: '' })) });
  await expect(add('x', 'X')).rejects.toThrow('Duplicate tag keys');
  await expect(add('aws:x')).rejects.toThrow('aws: prefixed');
  await expect(add('x#y')).rejects.toThrow("Value 'x#y' at 'tags.1.member.key'");
  await expect(add(...Array.from({ length: 51 }, (_, at) => `k${at}`))).rejects.toThrow(
    'less than or equal to 50',
  );
  await add(...Array.from({ length: 50 }, (_, at) => `k${at}`));
  await expect(add('one-more')).rejects.toThrow('limit of 50');
});

it('knows no tags of what is not there', async () => {
  await expect(scene.sagemaker.listTags({ ResourceArn: ARN.replace('/one', '/two') })).rejects.toThrow(
    'Could not find',
  );
});

it('loses them with the thing', async () => {
  await scene.sagemaker.deleteEndpointConfig({ EndpointConfigName: 'one' });
  expect(scene.aws.tagsOf('endpoint-config', 'one')).toEqual({});
});
