/** The inputs that only Azure ML has: the members of `azure-ml`. */
import { given } from '../../core/plan/cloud-settings.ts';
import { NO_GROUP_REQUEST, type GroupRequest } from '../../core/platform.ts';
import type { GroupValues } from '../../core/spec/group.ts';
import { choice, integer, jsonObject, text } from '../../core/spec/input.ts';
import { scaleMembers } from '../../inputs/scale-metric.ts';

const GUID = /^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$/;

/** Where the endpoint is: read by every action that calls it. */
const place = {
  'subscription-id': text({
    description: 'The subscription of the workspace.',
    pattern: GUID,
    form: 'an ID such as 00000000-0000-0000-0000-000000000000',
  }),
  // https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules
  'resource-group': text({
    description: 'The resource group of the workspace.',
    pattern: /^[-\w.()]{0,89}[-\w()]$/,
    form: 'the name of a resource group',
  }),
  workspace: text({
    description: 'The workspace of Azure Machine Learning.',
    pattern: /^[a-zA-Z0-9][-\w]{2,32}$/,
    form: 'the name of a workspace, 3 to 33 letters, digits, - and _',
  }),
} as const;

/** Read by deploy-endpoint. */
export const deployMembers = {
  ...place,
  'auth-mode': choice(['aad-token', 'aml-token', 'key'], {
    description:
      'Who may call: who has a role (aad-token, nothing to keep secret), a token of the workspace, or a key. Default: aad-token, or what the endpoint has.',
  }),
  'user-assigned-identity': text({
    description:
      'Resource ID of the identity that containers run under, instead of one that Azure makes for the endpoint. It cannot be changed later.',
    pattern:
      /^\/subscriptions\/[^/]+\/resourceGroups\/[^/]+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[^/]+$/i,
    form: 'the resource ID of a user-assigned identity',
  }),
  'scoring-route': text({
    description: 'Where the container takes requests. Default: /invocations.',
    pattern: /^\/\S*$/,
    form: 'a path such as /invocations',
  }),
  'health-route': text({
    description: 'Where the container says that it is well. Default: /ping.',
    pattern: /^\/\S*$/,
    form: 'a path such as /ping',
  }),
  port: integer({ description: 'The port of the container. Default: 8080.', min: 1 }),
  'request-timeout': integer({
    description: 'Seconds that one request may take, 180 at most. Default: 60.',
    min: 1,
  }),
  'max-concurrent-requests': integer({
    description: 'Requests at once that one instance is sent. Default: 1.',
    min: 1,
  }),
  ...scaleMembers('instances'),
  'keep-warm-minutes': integer({
    description:
      'For so long a version that was replaced stays deployed, and is billed. After that the next run or reap removes it, and it can only be deployed again. Not set: keep-versions decides alone.',
    min: 0,
  }),
  'public-network-access': choice(['enabled', 'disabled'], {
    description:
      'Whether callers on the internet reach the endpoint. Default: enabled, or what the endpoint has. Without it the runner has to be in the network.',
  }),
  'deployment-overrides': jsonObject({
    description: 'JSON merged into the deployment; shown in the plan.',
  }),
} as const;

export const smokeMembers = place;

type Group = GroupValues<typeof deployMembers>;

/** The plan has the endpoint's place as its account, and not as a setting. */
export function requestOf({
  subscriptionId: _s,
  resourceGroup: _g,
  workspace: _w,
  ...settings
}: Group): GroupRequest {
  return { ...NO_GROUP_REQUEST, settings: given(settings) };
}
