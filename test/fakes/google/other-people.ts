/** What others have in the same project: nobody of us may touch it. */
import type { Endpoint, ModelVersion, World } from './world.ts';

const MACHINE = { machineSpec: { machineType: 'n1-standard-2' }, minReplicaCount: 1, maxReplicaCount: 1 };

/** @returns throws where any of it has changed */
export function addOtherPeople(world: World): () => void {
  const createTime = new Date(world.now - 86_400_000).toISOString();
  const model = (name: string, labels: ModelVersion['labels'] = {}): ModelVersion => ({
    model: name,
    version: '1',
    body: { displayName: name, containerSpec: { imageUri: 'gcr.io/others/serving:1' } },
    labels,
    createTime,
  });
  const endpoint = (id: string, of: string, labels: Endpoint['labels'] = {}): Endpoint => ({
    id,
    body: { displayName: id },
    labels,
    etag: `etag-${id}`,
    split: { 77: 100 },
    deployed: [{ id: '77', body: { dedicatedResources: MACHINE }, model: of, version: '1', createTime }],
    createTime,
  });
  const models = [model('fraud'), model('churn-old'), model('8412345')];
  const ofOthers = {
    'ml-deploy-endpoint': 'fraud',
    'ml-deploy-repository': 'other-team',
    'ml-deploy-role': 'live',
  };
  const endpoints = [
    endpoint('fraud', 'fraud', ofOthers),
    endpoint('churn-old', 'churn-old'),
    // As somebody may name one, and as the console does.
    endpoint('churn-c-0badcafe', 'churn-old'),
    endpoint('4629302946739683328', '8412345'),
  ];
  const long = world.now - 86_400_000;
  for (const each of models) world.models.set(`${each.model}@1`, each, long);
  for (const each of endpoints) world.endpoints.set(each.id, each, long);
  return () => {
    for (const each of models)
      if (world.models.get(`${each.model}@1`) !== each)
        throw new Error(`The model ${each.model} of others was changed.`);
    for (const each of endpoints)
      if (world.endpoints.get(each.id) !== each)
        throw new Error(`The endpoint ${each.id} of others was changed.`);
  };
}
