/**
 * What `terraform show -json` (or `tofu show -json`) says of a saved plan, as far as it is read here.
 * https://developer.hashicorp.com/terraform/internals/json-format (format_version 1.x)
 */
import { messageOf, UserError } from '../errors.ts';
import { parseJsonObject, type JsonObject } from '../json-object.ts';

export interface ChangeJson {
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  /** The shape of `after`, with true if a value is known after the apply alone. */
  readonly after_unknown?: unknown;
  /** The shape of `before`, with true if a value is sensitive. */
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly replace_paths?: unknown;
  readonly importing?: unknown;
}

export interface ResourceChangeJson {
  readonly address: string;
  readonly previous_address?: string;
  readonly deposed?: string;
  /** Such as `aws_sagemaker_endpoint`. */
  readonly type?: string;
  /** The key of `for_each`, or the number of `count`. */
  readonly index?: string | number;
  readonly provider_name?: string;
  readonly change: ChangeJson;
}

export interface PlanJson {
  readonly format_version: string;
  readonly terraform_version?: string;
  /** When the plan was made; what `plantimestamp()` gives. */
  readonly timestamp?: string;
  readonly errored?: boolean;
  /** false if Terraform put a part of the work off; absent in OpenTofu. */
  readonly complete?: boolean;
  readonly variables?: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly resource_changes?: readonly ResourceChangeJson[];
  readonly resource_drift?: readonly ResourceChangeJson[];
  readonly output_changes?: Readonly<Record<string, ChangeJson>>;
  readonly prior_state?: JsonObject;
  readonly planned_values?: JsonObject;
  readonly configuration?: JsonObject;
}

/** @param label how messages name it, such as `plan.json`. @throws UserError for anything that is not a whole plan */
export function parsePlanJson(text: string, label: string): PlanJson {
  const plan = parsed(text, label) as Partial<PlanJson>;
  const refuse = (message: string) => new UserError(`${label} ${message}`);
  if (typeof plan.format_version !== 'string' || !('planned_values' in plan || 'resource_changes' in plan)) {
    throw refuse('is not the JSON of a plan. Write it with: terraform show -json PLANFILE');
  }
  if (!plan.format_version.startsWith('1.')) {
    throw refuse(`has the format_version ${plan.format_version}. Only 1.x can be read.`);
  }
  if (plan.errored === true) throw refuse('is a failed plan. Fix the error and plan again.');
  if (plan.complete === false) {
    throw refuse('is not complete: Terraform deferred some changes, so the whole plan cannot be approved.');
  }
  return plan as PlanJson;
}

function parsed(text: string, label: string): JsonObject {
  try {
    return parseJsonObject(text);
  } catch (error) {
    throw new UserError(`${label} ${messageOf(error)}.`, { cause: error });
  }
}
