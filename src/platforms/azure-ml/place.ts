/** Where an endpoint is: what its group says. */
import { UserError } from '../../core/errors.ts';
import type { Place } from './resources.ts';

interface Members {
  readonly subscriptionId?: string | null;
  readonly resourceGroup?: string | null;
  readonly workspace?: string | null;
}

/** @throws UserError with every member that is missing */
export function placeOf({
  subscriptionId: subscription = null,
  resourceGroup = null,
  workspace = null,
}: Members): Place {
  if (subscription !== null && resourceGroup !== null && workspace !== null) {
    return { subscription, resourceGroup, workspace };
  }
  const members = { 'subscription-id': subscription, 'resource-group': resourceGroup, workspace };
  const missing = Object.entries(members).filter(([, value]) => value === null);
  throw UserError.of(
    missing.map(([name]) => ({
      where: `azure-ml: ${name}`,
      message: 'is required: it says where the endpoint is.',
      fix: 'Set it in the group azure-ml.',
    })),
  );
}
