/** Waiting for an endpoint: one line for each change of its state, with the share of the traffic. */
import type { DescribeEndpointOutput, PendingProductionVariantSummary } from '@aws-sdk/client-sagemaker';
import { poll } from '../../core/poll.ts';
import { isPassing } from './live.ts';
import { DEFAULT_POLL_MS, type SageMakerTargetOptions } from './options.ts';
import type { Reads } from './reads.ts';

export interface Waited {
  /** null where the endpoint is gone. */
  readonly described: DescribeEndpointOutput | null;
  readonly timedOut: boolean;
  /** The last FailureReason that was seen on the way; '' where there was none. */
  readonly reason: string;
}

export interface WaitOptions {
  /** Whether a change is known to be under way, so that the first quiet state counts. */
  readonly begun: boolean;
  /** The config that shall serve; a quiet endpoint that has it is done at once. */
  readonly wanted: string | null;
  /** Whether it is deleted, so that its absence is what is waited for. */
  readonly removed?: boolean;
}

/** How long a change that was asked for may stay unseen: SageMaker answers from copies that lag behind. */
const UNSEEN_MS = 60_000;

/** Waits until no change is under way any more. */
export async function waitUntilQuiet(
  endpoint: string,
  { begun, wanted, removed = false }: WaitOptions,
  reads: Reads,
  options: SageMakerTargetOptions,
): Promise<Waited> {
  const started = options.clock.monotonic();
  let seen = begun;
  let reason = '';
  const { state, timedOut } = await poll<DescribeEndpointOutput | null>({
    check: async () => {
      reads.forget();
      const described = await reads.endpoint(endpoint);
      reason = described?.FailureReason ?? reason;
      return described;
    },
    done: (described) => {
      if (described !== null && isPassing(described.EndpointStatus ?? '')) {
        seen = true;
        return false;
      }
      const isWanted = described === null ? removed : described.EndpointConfigName === wanted;
      return seen || isWanted || options.clock.monotonic() - started >= UNSEEN_MS;
    },
    key: stateLine,
    onChange: (described) => options.log.info(`${endpoint}: ${stateLine(described)}`),
    onUnseen: (error) =>
      options.log.info(`${endpoint} cannot be seen for the moment, and is waited for: ${error.message}`),
    intervalMs: options.pollMs ?? DEFAULT_POLL_MS,
    timeoutMs: options.timeoutMs,
    clock: options.clock,
    signal: options.signal,
  });
  return { described: state, timedOut, reason };
}

/** `Updating to churn-0123456789abcdef: Baking, 50 % of the traffic, …` */
export function stateLine(described: DescribeEndpointOutput | null): string {
  if (described === null) return 'gone';
  const { EndpointStatus: status = '', PendingDeploymentSummary: pending, FailureReason: reason } = described;
  const why = reason ? ` (${reason})` : '';
  if (pending?.EndpointConfigName === undefined) return `${status}${why}`;
  const [variant] = pending.ProductionVariants ?? [];
  const [phase] = variant?.VariantStatus ?? [];
  const parts = [phase?.Status, share(variant), phase?.StatusMessage].filter(Boolean).join(', ');
  return `${status} to ${pending.EndpointConfigName}${parts === '' ? '' : `: ${parts}`}${why}`;
}

/** Traffic goes to the instances of the new fleet that take part already. */
function share(variant: PendingProductionVariantSummary | undefined): string {
  const { CurrentInstanceCount: current, DesiredInstanceCount: desired } = variant ?? {};
  if (current === undefined || !desired) return '';
  return `${Math.round((100 * current) / desired)} % of the traffic`;
}
