/** Why something failed on Lambda, and what to do. */
import { adviceOn, advised, type Causes } from '../../deployment/advice.ts';
import type { Explained, Failure } from '../../deployment/port.ts';
import type { Probe } from './probe.ts';

/** https://docs.aws.amazon.com/lambda/latest/api/API_FunctionConfiguration.html (StateReasonCode, LastUpdateStatusReasonCode) */
const CAUSES: Causes = [
  [
    /ImageAccessDenied/,
    {
      page: 'image-pull',
      advice:
        'Lambda has no permission to pull the image: allow lambda.amazonaws.com in the policy of its repository.',
    },
  ],
  [
    /ImageDeleted|deleted image/,
    { page: 'image-pull', advice: 'The image is gone from its repository: push it again.' },
  ],
  [
    /InvalidImage|media type/,
    { page: 'oci-manifest', advice: 'Build the image with push-image and for-target: lambda.' },
  ],
  [
    /EniLimitExceeded|SubnetOutOfIPAddresses/,
    { page: 'quota', advice: 'The subnets have no address left: name others, or free some.' },
  ],
  [
    /InsufficientRolePermissions/,
    {
      page: 'execution-role',
      advice: 'The execution role lacks rights for the network: see docs/lambda.md.',
    },
  ],
  [
    /FUNCTION_ERROR_INIT|does not start/,
    { page: 'ping-health-check', advice: 'See the last lines of its log.' },
  ],
  [
    /provisioned concurrency cannot be made/,
    { page: 'no-capacity', advice: 'Run it again later, or ask for fewer environments.' },
  ],
];

export function explain(
  { of }: Failure,
  { refusal, probe }: { readonly refusal: string; readonly probe: Probe },
): Explained {
  const why = of === 'step' ? refusal : probe.why === '' ? '' : `Its code does not start: ${probe.why}.`;
  return advised(why, adviceOn(why, CAUSES), probe.why === '' ? '' : probe.tail.join('\n'));
}
