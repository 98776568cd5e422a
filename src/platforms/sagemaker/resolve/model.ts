/** CreateModel as the request wants it; what the request leaves open is that of what serves. */
import type { Problem } from '../../../core/errors.ts';
import type { CloudSettings } from '../../../core/plan/cloud-settings.ts';
import type { DeploymentRequest } from '../../../core/targets.ts';
import type { JsonObject } from '../../../core/json-object.ts';
import { objectAt, without } from '../api-json.ts';
import type { Live } from '../live.ts';
import { containerOf, textAt } from '../specs.ts';
import type { ResolvedImage } from './image.ts';
import { cloudSettings } from './settings.ts';

export function wantedModel(
  request: DeploymentRequest,
  live: Live | null,
  image: ResolvedImage | null,
  problems: Problem[],
): JsonObject {
  const settings = cloudSettings(request);
  const base = live?.specs?.model ?? {};
  const before = containerOf({ model: base });
  const uri = image?.uri ?? textAt(before, 'Image');
  if (uri === null) {
    const message = 'no image is set to serve the model.';
    problems.push({
      where: 'image-uri',
      message,
      fix: 'Set image-uri, or framework and framework-version for an image of AWS.',
    });
  }
  const role = settings.executionRoleArn ?? textAt(base, 'ExecutionRoleArn');
  if (role === null) {
    problems.push({
      where: 'execution-role-arn',
      message: 'is required for a new endpoint.',
      fix: 'Set it to the role that SageMaker shall run the model under.',
    });
  }
  const archive = archiveOf(settings.modelDataUrl ?? request.sources.modelUrl, problems);
  return {
    ...base,
    ExecutionRoleArn: role,
    PrimaryContainer: {
      // Where the archive was before, in whatever form, is not carried over.
      ...without(before, ['ModelDataUrl', 'ModelDataSource', 'ModelPackageName', 'ImageConfig']),
      ...(image === null && before.ImageConfig !== undefined ? { ImageConfig: before.ImageConfig } : {}),
      Image: uri,
      ...archive,
    },
    VpcConfig: vpcOf(settings, base),
    EnableNetworkIsolation: settings.networkIsolation ?? base.EnableNetworkIsolation,
  };
}

function archiveOf(url: string, problems: Problem[]): JsonObject {
  const where = 'model-data-url';
  // Whether it is in S3 is a rule of its own (preflight/rules.ts).
  if (url.endsWith('.tar')) {
    const message = `"${url}" is not compressed; SageMaker unpacks gzip only.`;
    problems.push({ where, message, fix: 'Use compression: gzip in package-model.' });
  }
  if (!url.endsWith('/')) return { ModelDataUrl: url };
  const source = { S3Uri: url, S3DataType: 'S3Prefix', CompressionType: 'None' };
  return { ModelDataSource: { S3DataSource: source } };
}

function vpcOf({ vpcSubnets, vpcSecurityGroups }: CloudSettings, base: JsonObject): JsonObject | undefined {
  const before = objectAt(base, 'VpcConfig');
  const Subnets = vpcSubnets ?? before.Subnets;
  const SecurityGroupIds = vpcSecurityGroups ?? before.SecurityGroupIds;
  return Subnets === undefined && SecurityGroupIds === undefined ? undefined : { Subnets, SecurityGroupIds };
}
