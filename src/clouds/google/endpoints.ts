/** Where Google's services are: at their own addresses, unless the environment names others. */
import { UserError } from '../../core/errors.ts';
import type { GoogleEnvironment, GoogleService } from '../../core/google-environment.ts';
import { isSafeUrl } from '../safe-url.ts';

/**
 * The address of a service, without a slash at its end. A regional one, such as Vertex AI's, says its own.
 * @throws UserError for an address where a token would travel in the clear
 */
export function googleEndpoint(
  { endpoints }: Pick<GoogleEnvironment, 'endpoints'>,
  service: GoogleService,
  own = `https://${service}.googleapis.com`,
): string {
  const other = endpoints[service];
  if (other === undefined) return own;
  if (isSafeUrl(other)) return other.replace(/\/+$/, '');
  throw new UserError(
    `The address of ${service} in the environment, "${other}", does not begin with https://, and a token is sent there. Leave it out for Google's own.`,
    { page: 'google-credentials' },
  );
}
