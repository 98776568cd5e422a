/** What a test can order for the creation or the next update of an endpoint. */
import type { Words } from './refusal-texts.ts';
import type { Endpoint } from './state.ts';

export type Outcome =
  | { readonly kind: 'ok' }
  /** The container never answers GET /ping. `logs` are planted in the variant's stream. */
  | { readonly kind: 'ping-failure'; readonly logs?: readonly string[] }
  | { readonly kind: 'image-pull-failure' }
  | { readonly kind: 'model-download-failure' }
  | { readonly kind: 'no-capacity' }
  /** The first alarm of the deployment goes off while the new fleet bakes. */
  | { readonly kind: 'alarm' }
  /** As `alarm`, and then the way back fails too: UpdateRollbackFailed. */
  | { readonly kind: 'rollback-failure' }
  /** Never ends by itself; an update ends at its MaximumExecutionTimeoutInSeconds, if it has one. */
  | { readonly kind: 'stuck' }
  | { readonly kind: 'failure'; readonly reason: string };

export interface PlannedOutcome {
  readonly outcome: Outcome;
  /** Which; both where absent. */
  readonly on?: 'create' | 'update';
  /** Name of the endpoint; any where absent. */
  readonly endpoint?: string;
  /** Narrows it down by what shall serve: true for each variant's model spec that it befalls. */
  readonly where?: (wanted: {
    readonly image: string;
    readonly modelData: string;
    readonly model: string;
  }) => boolean;
  /** How often; 1 where absent. */
  times?: number;
  /** A failed update leaves no FailureReason behind. */
  readonly withoutReason?: boolean;
}

/** Milliseconds of the fake's time. */
export interface Durations {
  /** From CreateEndpoint, or for each new fleet or batch of an update, to instances that serve. */
  readonly provision: number;
  /** Until SageMaker gives up on a container that does not answer. */
  readonly giveUp: number;
  readonly rollback: number;
  readonly remove: number;
  /** UpdateEndpointWeightsAndCapacities, and scaling. */
  readonly scale: number;
}

export const DEFAULT_DURATIONS: Durations = {
  provision: 180_000,
  giveUp: 600_000,
  rollback: 120_000,
  remove: 60_000,
  scale: 120_000,
};

export interface Fate {
  readonly outcome: Outcome;
  readonly withoutReason: boolean;
}

/** The outcome ordered for this change, used up; `ok` where none is. */
export function takeOutcome(
  planned: PlannedOutcome[],
  on: 'create' | 'update',
  name: string,
  variants: Endpoint['variants'],
): Fate {
  const found = planned.find((plan) => {
    if (plan.on !== undefined && plan.on !== on) return false;
    if (plan.endpoint !== undefined && plan.endpoint !== name) return false;
    return plan.where === undefined || variants.some((variant) => plan.where?.(wantedOf(variant)) === true);
  });
  if (found === undefined) return { outcome: { kind: 'ok' }, withoutReason: false };
  found.times = (found.times ?? 1) - 1;
  if (found.times <= 0) planned.splice(planned.indexOf(found), 1);
  return { outcome: found.outcome, withoutReason: found.withoutReason === true };
}

function wantedOf({ model }: Endpoint['variants'][number]): {
  image: string;
  modelData: string;
  model: string;
} {
  const container = model.spec.PrimaryContainer ?? model.spec.Containers?.[0];
  const modelData = container?.ModelDataUrl ?? container?.ModelDataSource?.S3DataSource?.S3Uri ?? '';
  return { image: container?.Image ?? '', modelData, model: model.name };
}

/** Why it did not go well; the words that nobody published are the fake's own. */
export function reasonOf(
  outcome: Outcome,
  variant: Endpoint['variants'][number] | undefined,
  words: Words,
): string {
  const { image = '', modelData: data = '' } = variant === undefined ? {} : wantedOf(variant);
  switch (outcome.kind) {
    case 'ping-failure':
    case 'image-pull-failure':
    case 'model-download-failure':
    case 'no-capacity':
      return words.say(outcome.kind, { variant: variant?.name ?? 'AllTraffic', image, data });
    case 'failure':
      return outcome.reason;
    case 'stuck':
      return 'Endpoint update did not complete within the maximum execution timeout.';
    case 'alarm':
    case 'rollback-failure':
    case 'ok':
      return 'One or more configured alarms went into ALARM state.';
  }
}
