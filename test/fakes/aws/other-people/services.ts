/** What other people keep beside SageMaker: alarms, scalable targets, images, buckets, logs, quotas. */
import { createHash } from 'node:crypto';
import type { MetricAlarm } from '@aws-sdk/client-cloudwatch';
import type { ScalableTarget } from '@aws-sdk/client-application-auto-scaling';
import { scalingKey } from '../services/autoscaling-state.ts';
import { DOCKER_MANIFEST, type StoredImage } from '../services/ecr.ts';
import type { Bucket, StoredObject } from '../services/s3-state.ts';
import type { World } from '../world.ts';
import type { Thing } from './other-people.ts';
import { LONG_AGO, MANY } from './sagemaker.ts';

const hidden = { alike: false } as const;
const numbers = Array.from({ length: MANY }, (_, at) => at);

export function servicesOf(world: World): Thing[] {
  return [
    ...alarmsOf(world),
    ...numbers.map((at) => targetOf(`shop-churn-c-${at.toString(16).padStart(8, '0')}`)),
    targetOf('churn-eu'),
    ...['fraud-serving', 'churn-serving-eu'].map((name) => repositoryOf(name, world)),
    ...['fraud-data', 'churn-models-eu'].map((name) => bucketOf(name, world)),
    logsOf('fraud', world),
    logsOf('churn-eu', world),
    ...numbers.map((at) => quotaOf(`ml.x${at}.large for training job usage`)),
  ];
}

/** Some are called like the alarms of our updates, and carry the sentence that marks ours; one is in alarm. */
function alarmsOf(world: World): Thing[] {
  const MARK = 'Made by ml-deploy for one update of this endpoint, and removed after it.';
  const names = [
    ...numbers.map((at) => `fraud-5xx-${at}`),
    'ml-deploy-bake-churn-eu.main.churn-eu-0000000000000000.errors',
    'TargetTracking-endpoint/churn-eu/variant/main-AlarmHigh-0000',
  ];
  return names.map((name) => {
    const arn = world.arn('cloudwatch', `alarm:${name}`);
    const value: MetricAlarm = {
      AlarmName: name,
      AlarmArn: arn,
      AlarmDescription: name.startsWith('ml-deploy-') ? MARK : 'Somebody’s.',
      StateValue: name.startsWith('ml-deploy-') ? 'ALARM' : 'OK',
      StateReason: 'Threshold Crossed',
      StateUpdatedTimestamp: LONG_AGO,
    };
    return { of: ({ alarms }) => alarms.alarms, key: name, value, arn, ...hidden };
  });
}

function targetOf(endpoint: string): Thing {
  const value: ScalableTarget = {
    ServiceNamespace: 'sagemaker',
    ResourceId: `endpoint/${endpoint}/variant/AllTraffic`,
    ScalableDimension: 'sagemaker:variant:DesiredInstanceCount',
    MinCapacity: 1,
    MaxCapacity: 4,
    RoleARN: 'arn:aws:iam::123456789012:role/fraud',
    CreationTime: LONG_AGO,
  };
  const key = scalingKey(endpoint, 'AllTraffic');
  return { of: ({ scaling }) => scaling.targets, key, value, arn: '', ...hidden };
}

function repositoryOf(name: string, world: World): Thing {
  const images = numbers.map((at): StoredImage => {
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: DOCKER_MANIFEST,
      layers: [],
      of: name,
      at,
    });
    const digest = `sha256:${createHash('sha256').update(manifest).digest('hex')}`;
    return { digest, tags: new Set([String(at)]), mediaType: DOCKER_MANIFEST, manifest, pushed: LONG_AGO };
  });
  const arn = world.arn('ecr', `repository/${name}`);
  return {
    of: ({ ecr }) => ecr.repositories,
    key: `${world.account}/${name}`,
    value: images,
    arn,
    ...hidden,
  };
}

function bucketOf(name: string, { partition, region }: World): Thing {
  const objects = numbers.map((at): [string, StoredObject] => [
    `models/${at}/model.tar.gz`,
    {
      body: Buffer.from(`the archive ${at} of somebody else`),
      etag: `"${createHash('md5').update(`${name} ${at}`).digest('hex')}"`,
      modified: LONG_AGO,
      contentType: 'application/gzip',
      metadata: {},
      checksums: {},
      versionId: `v-${at}`,
    },
  ]);
  const value: Bucket = { region, objects: new Map(objects) };
  return { of: ({ s3 }) => s3.buckets, key: name, value, arn: `arn:${partition}:s3:::${name}`, ...hidden };
}

function logsOf(endpoint: string, world: World): Thing {
  const group = `/aws/sagemaker/Endpoints/${endpoint}`;
  const value = new Map([
    ['AllTraffic/i-0', [{ at: LONG_AGO.getTime(), message: 'not for others to read' }]],
  ]);
  const arn = world.arn('logs', `log-group:${group}:*`);
  return { of: ({ logs }) => logs.groups, key: group, value, arn, ...hidden };
}

/** Of the account, and of no endpoint: what one has to read past. */
function quotaOf(name: string): Thing {
  // A value of its own: what is theirs is told by its identity.
  return { of: ({ quotas }) => quotas.others, key: name, value: { value: 4 }, arn: '', ...hidden };
}
