/** Where an endpoint is: what its group says. */
import { noPlace } from '../../inputs/place.ts';
import { TARGET } from './options.ts';
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
  throw noPlace(
    TARGET,
    missing.map(([name]) => name),
  );
}
