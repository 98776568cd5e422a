/** The inputs that only Vertex AI has: the members of `vertex-ai`. */
import { given } from '../../core/plan/cloud-settings.ts';
import { NO_GROUP_REQUEST, type GroupRequest } from '../../core/platform.ts';
import type { GroupValues } from '../../core/spec/group.ts';
import { boolean, integer, text } from '../../core/spec/input.ts';
import { scaleMembers } from '../../inputs/scale-metric.ts';

const PATH = { pattern: /^\/\S*$/, form: 'a path such as /predict' } as const;

/** Where the endpoint is: read by every action that calls it. */
const place = {
  // https://docs.cloud.google.com/resource-manager/docs/creating-managing-projects
  project: text({
    description: "The project's ID, and not its number. Default: the project of the credentials.",
    pattern: /^(?:[a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]$/,
    form: 'the ID of a project, such as acme-prod',
  }),
  location: text({
    description: 'The region of the endpoint, such as europe-west4.',
    pattern: /^[a-z]+-[a-z]+[0-9]+$/,
    form: 'a region such as europe-west4',
  }),
} as const;

/** Read by deploy-endpoint. */
export const deployMembers = {
  ...place,
  'service-account': text({
    description:
      'E-mail address of the service account that containers run as. Without one, or what serves has, they can reach nothing.',
    pattern: /^[^@\s]+@[^@\s]+\.gserviceaccount\.com$/,
    form: 'the e-mail address of a service account',
  }),
  'dedicated-endpoint': boolean({
    description:
      'Of a new endpoint: an address of its own, which takes 10 MB instead of 1.5. It cannot be changed later. Default: false.',
  }),
  'predict-route': text({
    description: 'Where the container takes requests. Default: /invocations, or what serves has.',
    ...PATH,
  }),
  'health-route': text({
    description: 'Where the container says that it is well. Default: /ping, or what serves has.',
    ...PATH,
  }),
  port: integer({ description: 'The port of the container. Default: 8080, or what serves has.', min: 1 }),
  'accelerator-type': text({
    description: 'The kind of accelerators of each replica, such as NVIDIA_L4.',
    pattern: /^[A-Z0-9_]+$/,
    form: 'a name such as NVIDIA_L4',
  }),
  'accelerator-count': integer({ description: 'Accelerators of each replica. Default: 1.', min: 1 }),
  ...scaleMembers('replicas'),
  'keep-warm-minutes': integer({
    description:
      'For so long a version that was replaced stays deployed for a rollback at once, and is paid for. After that the next deployment, or the command reap, removes its replicas, and a rollback deploys it again. Default: 60.',
    min: 0,
  }),
} as const;

export const smokeMembers = place;

type Group = GroupValues<typeof deployMembers>;

/** The plan has the endpoint's place as its account and region, and not as a setting. */
export function requestOf({ project: _p, location: _l, ...settings }: Group): GroupRequest {
  return { ...NO_GROUP_REQUEST, settings: given(settings) };
}
