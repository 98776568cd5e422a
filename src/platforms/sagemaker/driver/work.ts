/** What one command has found out about an endpoint so far, for the looks and steps after it. */
import type { UpstreamError } from '../../../core/errors.ts';
import type { Subject } from '../../../deployment/port.ts';
import type { Baseline } from '../alarms/bake-alarms.ts';
import type { ScalingState } from '../scaling/scaling-state.ts';
import type { Session } from '../session.ts';
import { variantFacts } from '../specs.ts';

export interface Work {
  readonly subject: Subject;
  readonly session: Session;
  /** The last FailureReason of the endpoint and of each candidate: AWS tells it for a short while only. */
  readonly reasons: Map<string, string>;
  /** What was logged last of each endpoint, so it is logged when it changes. */
  readonly lines: Map<string, string>;
  /** Why candidates are left alone, the last reason of each. */
  readonly kept: Map<string, string>;
  /** What set our alarms off, in sentences; alarms are removed before the end is reported. */
  readonly tripped: string[];
  /** The models that each config names: it never changes. */
  readonly modelsOf: Map<string, readonly string[]>;
  /** Versions that have lost a model to this run: nothing can use them now, so the rest of them goes too. */
  readonly retiring: Set<string>;
  /** The production variant that metrics, logs and autoscaling are of; '' while it is not known. */
  variant: string;
  /** The step that AWS refused. */
  refusal: UpstreamError | null;
  baseline: Baseline | null;
  /** What this run has set aside, or restored: another run may undo that at the same moment. */
  scaling: ScalingState | null;
}

export function beginWork(subject: Subject, session: Session): Work {
  return {
    subject,
    session,
    reasons: new Map(),
    lines: new Map(),
    kept: new Map(),
    tripped: [],
    modelsOf: new Map(),
    retiring: new Set(),
    variant: subject.plan === null ? '' : (variantFacts(subject.plan.desired).variantName ?? ''),
    refusal: null,
    baseline: null,
    scaling: null,
  };
}
