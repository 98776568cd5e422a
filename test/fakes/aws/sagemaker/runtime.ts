/** InvokeEndpoint: finds who serves, and lets the test's function answer for the container. */
import type { InvokeEndpointCommandInput } from '@aws-sdk/client-sagemaker-runtime';
import { RestAnswer } from '../answer.ts';
import { AwsError, invalid, ModelError } from '../errors.ts';
import type { Service } from '../service.ts';
import type { Endpoint, Model, SageMakerState, Variant } from './state.ts';

export interface Invocation {
  readonly endpoint: string;
  readonly config: string;
  readonly variant: string;
  readonly model: Model;
  readonly body: Buffer;
  readonly contentType: string;
  readonly accept: string;
  readonly inferenceId: string | undefined;
}

export interface ContainerAnswer {
  readonly status?: number;
  readonly contentType?: string;
  readonly body: string | Buffer;
}

/** Stands for the container. */
export type Container = (invocation: Invocation) => ContainerAnswer | Promise<ContainerAnswer>;

/** Predicts what it is given. */
export const echo: Container = ({ body, contentType }) => {
  if (!contentType.startsWith('application/json')) throw invalid('the echo knows JSON only');
  const { instances = [] } = JSON.parse(body.toString()) as { instances?: unknown[] };
  return { body: JSON.stringify({ predictions: instances }) };
};

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_runtime_InvokeEndpoint.html */
const MAX_BODY = 6_291_456;

export function runtimeService(state: SageMakerState, container: () => Container): Service {
  const turns = new Map<string, number>();
  return {
    name: 'sagemaker-runtime',
    validationCode: 'ValidationError',
    operations: {
      InvokeEndpoint: async (input: InvokeEndpointCommandInput) => invoke(state, container(), turns, input),
    },
    permissions: (_, { EndpointName, TargetVariant }) => [
      {
        action: 'sagemaker:InvokeEndpoint',
        resource: state.world.arn('sagemaker', `endpoint/${String(EndpointName).toLowerCase()}`),
        ...(typeof TargetVariant === 'string'
          ? { context: { 'sagemaker:TargetVariant': TargetVariant } }
          : {}),
      },
    ],
  };
}

async function invoke(
  state: SageMakerState,
  container: Container,
  turns: Map<string, number>,
  input: InvokeEndpointCommandInput,
): Promise<RestAnswer> {
  const endpoint = find(state, input.EndpointName ?? '');
  const body = Buffer.from(input.Body as Uint8Array);
  if (body.length > MAX_BODY) {
    throw new AwsError(
      'ValidationError',
      `1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length less than or equal to ${MAX_BODY}`,
    );
  }
  const turn = (turns.get(endpoint.name) ?? -1) + 1;
  turns.set(endpoint.name, turn);
  const { variant, config } = choose(state, endpoint, input.TargetVariant, turn);
  const invocation: Invocation = {
    endpoint: endpoint.name,
    config,
    variant: variant.name,
    model: variant.model,
    body,
    contentType: input.ContentType ?? '',
    accept: input.Accept ?? '*/*',
    inferenceId: input.InferenceId,
  };
  const { status = 200, contentType = 'application/json', body: answer } = await container(invocation);
  if (status >= 400) throw modelError(state, endpoint, status, answer.toString());
  const headers = { 'content-type': contentType, 'x-amzn-invoked-production-variant': variant.name };
  return new RestAnswer(200, headers, answer);
}

/** Names are compared with regard to case here, unlike everywhere else. */
function find(state: SageMakerState, name: string): Endpoint {
  const endpoint = [...state.endpoints.values()].find((other) => other.name === name);
  const serving = ['InService', 'Updating', 'SystemUpdating', 'RollingBack', 'UpdateRollbackFailed'];
  if (endpoint === undefined || !serving.includes(endpoint.status)) {
    throw new AwsError('ValidationError', `Endpoint ${name} of account ${state.world.account} not found.`);
  }
  return endpoint;
}

/** By weight, in an order that is the same each time: of ten turns at 10 % it is the last one. */
function choose(
  state: SageMakerState,
  endpoint: Endpoint,
  target: string | undefined,
  turn: number,
): { variant: Variant; config: string } {
  const update = endpoint.update?.kind === 'config' ? endpoint.update : undefined;
  const share = update?.share ?? 0;
  const fresh = Math.floor((turn + 1) * share + 1e-9) > Math.floor(turn * share + 1e-9);
  const fleet = fresh && update !== undefined ? update.variants : endpoint.variants;
  const config = fresh && update !== undefined ? update.config.name : endpoint.config.name;
  const variant = target === undefined ? byWeight(fleet, turn) : fleet.find(({ name }) => name === target);
  if (variant === undefined) {
    throw new AwsError(
      'ValidationError',
      `Variant ${target ?? ''} not found for Request. Endpoint ${endpoint.name} of account ${state.world.account}.`,
    );
  }
  return { variant, config };
}

function byWeight(fleet: readonly Variant[], turn: number): Variant | undefined {
  const total = fleet.reduce((sum, { weight }) => sum + weight, 0);
  let at = ((turn % 100) / 100) * total;
  return fleet.find(({ weight }) => (at -= weight) < 0) ?? fleet[0];
}

function modelError({ world }: SageMakerState, endpoint: Endpoint, status: number, text: string): AwsError {
  const side = status >= 500 ? 'server' : 'client';
  const console = `https://${world.region}.console.aws.amazon.com/cloudwatch/home?region=${world.region}#logEventViewer:group=/aws/sagemaker/Endpoints/${endpoint.name} in account ${world.account}`;
  const message = `Received ${side} error (${status}) from primary with message "${text}". See ${console} for more information.`;
  return new ModelError(message, status, text, endpoint.arn);
}
