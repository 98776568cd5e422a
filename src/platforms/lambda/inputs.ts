/** The inputs that only Lambda has: the members of `lambda`. */
import type { GroupRequest } from '../../core/platform.ts';
import { given } from '../../core/plan/cloud-settings.ts';
import type { GroupValues } from '../../core/spec/group.ts';
import { choice, integer, jsonObject, list, number, text } from '../../core/spec/input.ts';
import { NO_GROUP_REQUEST } from '../../core/platform.ts';

/** Read by deploy-endpoint. Only the minimum of a size is checked; AWS itself says how much an account can have. */
export const deployMembers = {
  'memory-mb': integer({
    description:
      'Memory of the function. More memory also means more processor. Default: 1024, or what the function has.',
    min: 128,
  }),
  'function-timeout': integer({
    description: 'Seconds that one request can take. Default: 30, or what the function has.',
    min: 1,
  }),
  'ephemeral-storage-mb': integer({
    description: 'Size of /tmp, the only folder that the code can write to.',
    min: 512,
  }),
  'image-command': list({
    description: 'The command of the image (CMD). Default: its own.',
  }),
  'function-overrides': jsonObject({
    description:
      'JSON merged into CreateFunction and UpdateFunctionConfiguration, such as {"TracingConfig": {"Mode": "Active"}}; shown in the plan.',
  }),
  'provisioned-concurrency': integer({
    description:
      'Environments that Lambda keeps started, so no request waits for a cold start while one is free. You pay for them, used or not. 0 ends it. Default: what the function has.',
    min: 0,
  }),
  'target-utilization': number({
    description:
      'With min-capacity and max-capacity: the share of the provisioned environments that autoscaling keeps busy. Default: 0.7.',
    min: 0.1,
    max: 0.9,
  }),
  api: choice(['http', 'rest', 'function-url', 'none'], {
    description:
      'How callers reach the function: an HTTP API or a REST API of API Gateway, a function URL, or only the Invoke API (none). Default: http.',
  }),
  'api-path': text({
    description: 'The path of the API, for POST. Default: /predict.',
    pattern: /^(?:\/[A-Za-z0-9._~-]+)+$/,
    form: 'a path such as /predict, of letters, digits and . _ ~ -',
  }),
  'api-authorization': choice(['iam', 'jwt', 'none'], {
    description:
      'Who can call the API: callers that sign with AWS credentials (iam), callers with a token of jwt-issuer (jwt), or anyone on the internet (none). Default: iam.',
  }),
  'jwt-issuer': text({
    description: 'The issuer of the tokens. API Gateway finds its keys by this URL.',
    pattern: /^https:\/\/\S+$/,
    form: 'an https:// URL',
  }),
  'jwt-audience': list({ description: 'The audiences, or client IDs, that a token can name.' }),
  'throttle-rate': number({
    description: 'Requests a second that the API lets through. Default: 50.',
    min: 0.1,
  }),
  'throttle-burst': integer({
    description: 'Requests at the same moment that the API lets through. Default: 100.',
    min: 1,
  }),
  'warm-up': text({
    description:
      'A schedule on which EventBridge sends GET /ping, such as rate(5 minutes). It usually keeps one environment started, and guarantees nothing. Default: off.',
    pattern:
      /^(?:off|rate\((?:1 (?:minute|hour|day)|(?!1 )[1-9]\d* (?:minutes|hours|days))\)|cron\([^()]+\))$/,
    form: 'off, rate(1 minute), rate(5 minutes), or cron(...)',
  }),
} as const;

export function requestOf(group: GroupValues<typeof deployMembers>): GroupRequest {
  return { ...NO_GROUP_REQUEST, settings: given(group) };
}
