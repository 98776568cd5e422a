/** What Lambda alone knows: the members of the input `lambda`. */
import type { GroupRequest } from '../../core/platform.ts';
import { given } from '../../core/plan/cloud-settings.ts';
import type { GroupValues } from '../../core/spec/group.ts';
import { choice, integer, jsonObject, list, number, text } from '../../core/spec/input.ts';
import { NO_GROUP_REQUEST } from '../../core/platform.ts';

/** Read by deploy-endpoint. Of sizes the least is checked; how much an account may have, AWS says itself. */
export const deployMembers = {
  'memory-mb': integer({
    description:
      'Memory of the function; its share of the processor grows with it. Default: 1024, or what it has.',
    min: 128,
  }),
  'function-timeout': integer({
    description: 'Seconds that one request may take. Default: 30, or what it has.',
    min: 1,
  }),
  'ephemeral-storage-mb': integer({ description: 'Size of /tmp, the only place to write to.', min: 512 }),
  'image-command': list({
    description: 'The command of the image (CMD), where another one than its own is wanted.',
  }),
  'function-overrides': jsonObject({
    description: 'JSON merged into CreateFunction and UpdateFunctionConfiguration; shown in the plan.',
  }),
  'provisioned-concurrency': integer({
    description:
      'Environments that are kept started, so that no request waits for a cold start; they cost money, used or not. 0 ends it. Default: what the function has.',
    min: 0,
  }),
  'target-utilization': number({
    description:
      'With min-capacity and max-capacity: the share of the provisioned environments that is to be busy. Default: 0.7.',
    min: 0.1,
    max: 0.9,
  }),
  api: choice(['http', 'rest', 'function-url', 'none'], {
    description:
      'What callers reach the function by: an HTTP API or a REST API of API Gateway, a function URL, or the Invoke API alone. Default: http.',
  }),
  'api-path': text({
    description: 'The path of the API, for POST. Default: /predict.',
    pattern: /^(?:\/[A-Za-z0-9._~-]+)+$/,
    form: 'a path such as /predict, of letters, digits and . _ ~ -',
  }),
  'api-authorization': choice(['iam', 'jwt', 'none'], {
    description:
      'Who may call: who signs with AWS credentials (iam), who has a token of jwt-issuer (jwt), or everybody on the internet (none). Default: iam.',
  }),
  'jwt-issuer': text({
    description: 'The issuer of the tokens; its keys are found by it.',
    pattern: /^https:\/\/\S+$/,
    form: 'an https:// URL',
  }),
  'jwt-audience': list({ description: 'The audiences, or client ids, that a token may name.' }),
  'throttle-rate': number({
    description: 'Requests a second that the API lets through. Default: 50.',
    min: 0.1,
  }),
  'throttle-burst': integer({
    description: 'Requests at once that the API lets through. Default: 100.',
    min: 1,
  }),
  'warm-up': text({
    description:
      'A schedule on which EventBridge sends GET /ping, such as rate(5 minutes). It keeps one environment started, mostly, and guarantees nothing. Default: off.',
    pattern:
      /^(?:off|rate\((?:1 (?:minute|hour|day)|(?!1 )[1-9]\d* (?:minutes|hours|days))\)|cron\([^()]+\))$/,
    form: 'off, rate(1 minute), rate(5 minutes), or cron(...)',
  }),
} as const;

export function requestOf(group: GroupValues<typeof deployMembers>): GroupRequest {
  return { ...NO_GROUP_REQUEST, settings: given(group) };
}
