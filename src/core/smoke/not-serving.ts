/** Why an endpoint does not serve, in words that end a sentence. */
import type { EndpointDescription } from '../targets.ts';
import { excerpt } from './decode.ts';

/** The platform's first sentence and what follows of it, on one line; a platform need not say anything. */
export function whyNotServing({ detail }: Pick<EndpointDescription, 'detail'>): string {
  const said = excerpt(detail);
  if (said === '') return 'it gives no reason.';
  return /[.!?…]$/.test(said) ? said : `${said}.`;
}
