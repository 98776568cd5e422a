/** What exists under an endpoint's name, whoever made it. */
import type {
  DescribeEndpointConfigOutput,
  DescribeEndpointOutput,
  DescribeModelOutput,
  ProductionVariantSummary,
} from '@aws-sdk/client-sagemaker';
import { UserError } from '../../core/errors.ts';
import type { Reads, Tags } from './reads.ts';
import { hasSavedScaling } from './scaling/save-scaling.ts';
import type { ScalingState } from './scaling/scaling.ts';
import { configSpecOf, modelSpecOf, textAt, variantOf, type Specs } from './specs.ts';
import { isContentName } from './names.ts';
import { isOurs } from './tags.ts';

export interface Live {
  readonly endpoint: string;
  readonly described: DescribeEndpointOutput;
  readonly status: string;
  /** The config that serves; null if nothing does. */
  readonly serving: string | null;
  readonly tags: Tags;
  /** Made by ml-deploy, or taken over by it. */
  readonly ours: boolean;
  readonly config: DescribeEndpointConfigOutput | null;
  readonly model: DescribeModelOutput | null;
  /** null if config or model have been removed under the endpoint. */
  readonly specs: Specs | null;
  readonly variant: string;
  /** The container's environment, with its values. */
  readonly environment: Readonly<Record<string, string>>;
  readonly scaling: ScalingState | null;
  /** An update that was cut short has set autoscaling aside, and it is to be restored. */
  readonly scalingSaved: boolean;
  readonly summary: ProductionVariantSummary | null;
}

/** States in which something answers. https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpoint.html */
const SERVING = new Set(['InService', 'Updating', 'SystemUpdating', 'RollingBack', 'UpdateRollbackFailed']);
/** States that end by themselves. */
const PASSING = new Set(['Creating', 'Updating', 'SystemUpdating', 'RollingBack', 'Deleting']);

/** Whether the count is autoscaling's business. */
export function isScaled({ scaling, scalingSaved }: Live): boolean {
  return scaling !== null || scalingSaved;
}

export function isPassing(status: string): boolean {
  return PASSING.has(status);
}

/** The config that serves; null if nothing does. */
export function servingConfig({ EndpointStatus, EndpointConfigName }: DescribeEndpointOutput): string | null {
  return SERVING.has(EndpointStatus ?? '') ? (EndpointConfigName ?? null) : null;
}

/** The config that a change in progress will make serve; null if there is none, or if AWS does not say. */
export function pendingConfig(described: DescribeEndpointOutput): string | null {
  if (described.EndpointStatus === 'Creating') return described.EndpointConfigName ?? null;
  if (described.EndpointStatus !== 'Updating') return null;
  return described.PendingDeploymentSummary?.EndpointConfigName ?? null;
}

/** What is known of an endpoint without asking what it is made of. */
export type Standing = Pick<Live, 'endpoint' | 'described' | 'serving' | 'tags' | 'variant'>;

/** @returns null for an endpoint that is not there */
export async function readStanding(endpoint: string, reads: Reads): Promise<Standing | null> {
  const described = await reads.endpoint(endpoint);
  if (described === null) return null;
  checkCase(endpoint, described.EndpointName);
  const tags = await tagsOf(described, reads);
  if (tags === null) return null;
  const shown = described.ProductionVariants?.[0]?.VariantName;
  // An endpoint that is being made shows none yet.
  const config = shown === undefined ? await reads.config(described.EndpointConfigName ?? '') : null;
  const variant = shown ?? config?.ProductionVariants?.[0]?.VariantName ?? '';
  return { endpoint, described, serving: servingConfig(described), tags, variant };
}

/** @returns null for an endpoint that is not there */
export async function readLive(endpoint: string, reads: Reads): Promise<Live | null> {
  const described = await reads.endpoint(endpoint);
  if (described === null) return null;
  checkCase(endpoint, described.EndpointName);
  const tags = await tagsOf(described, reads);
  if (tags === null) return null;
  const made = await readMade(described, reads);
  const summary = described.ProductionVariants?.[0] ?? null;
  const variant = variantNameOf(made.specs) ?? summary?.VariantName ?? '';
  return {
    ...made,
    endpoint,
    described,
    status: described.EndpointStatus ?? '',
    serving: servingConfig(described),
    tags,
    // Somebody may have stripped the tags; a name that only we would give stays.
    ours: isOurs(tags, endpoint) || isContentName(endpoint, described.EndpointConfigName ?? ''),
    variant,
    environment: environmentOf(made.model),
    scaling: variant === '' ? null : await reads.scaling({ endpoint, variant }),
    scalingSaved: hasSavedScaling(tags),
    summary,
  };
}

/** null for an endpoint that was being deleted and is gone by now; one that was just made may have no tags to see yet. */
async function tagsOf(
  { EndpointArn = '', EndpointStatus }: DescribeEndpointOutput,
  reads: Reads,
): Promise<Tags | null> {
  return EndpointStatus === 'Deleting' ? reads.tagsIfThere(EndpointArn) : reads.tags(EndpointArn);
}

/**
 * SageMaker finds an endpoint whatever the case of its name, but calls it by its own case alone.
 * https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html (EndpointName)
 */
export function checkCase(asked: string, name = asked): void {
  if (name === asked) return;
  const message = `"${asked}" is not the name of the endpoint ${name}: upper and lower case differ.`;
  const fix = `Write ${name}, or use another endpoint-name. For SageMaker both are the same name, but not for InvokeEndpoint.`;
  throw UserError.of([{ where: 'endpoint-name', message, fix }]);
}

function variantNameOf(specs: Specs | null): string | null {
  return specs === null ? null : textAt(variantOf(specs), 'VariantName');
}

function environmentOf(model: DescribeModelOutput | null): Readonly<Record<string, string>> {
  return (model?.PrimaryContainer ?? model?.Containers?.[0])?.Environment ?? {};
}

async function readMade(
  { EndpointConfigName: name = '' }: DescribeEndpointOutput,
  reads: Reads,
): Promise<Pick<Live, 'config' | 'model' | 'specs'>> {
  const config = name === '' ? null : await reads.config(name);
  const modelName = config?.ProductionVariants?.[0]?.ModelName ?? null;
  const model = modelName === null ? null : await reads.model(modelName);
  if (config === null || model === null) return { config, model, specs: null };
  return { config, model, specs: { model: modelSpecOf(model), endpointConfig: configSpecOf(config) } };
}
