/** What is under test: where requests go, and what is known about the version that answers them. */
import { UpstreamError, UserError } from '../../core/errors.ts';
import { whyNotServing } from '../../core/smoke/not-serving.ts';
import type { ReportSubject } from '../../core/smoke/report.ts';
import type {
  DeploymentTarget,
  EndpointDescription,
  EndpointInvoker,
  VersionInfo,
} from '../../core/targets.ts';
import type { SmokePorts } from './ports.ts';
import type { Goal } from './settings.ts';

export interface Subject {
  readonly invoker: EndpointInvoker;
  /** null for a bare URL, which has no versions. */
  readonly version: VersionInfo | null;
  readonly platform: {
    readonly target: DeploymentTarget;
    readonly endpoint: string;
    readonly candidate: string | null;
    readonly description: EndpointDescription;
  } | null;
  readonly facts: ReportSubject;
}

/** @throws UserError if there is no such endpoint or candidate. */
export async function openSubject(goal: Goal, ports: SmokePorts): Promise<Subject> {
  if (goal.target === null) return urlSubject(await ports.httpEndpoint(goal.url, goal.access));
  const { endpoint, candidate } = goal;
  const target = await ports.openTarget(goal);
  const description = await target.describe(endpoint);
  const version = candidate === null ? liveOf(description) : candidateOf(description, candidate);
  const dead = candidate === null && description.status === 'not-serving';
  const invoker = dead ? notServing(description) : await target.invoker(endpoint, candidate);
  return {
    invoker,
    version,
    platform: { target, endpoint, candidate, description },
    facts: {
      target: target.name,
      endpoint,
      candidate,
      url: invoker.url,
      version: version.version,
      modelDigest: version.modelDigest,
      release: version.release,
    },
  };
}

function urlSubject(invoker: EndpointInvoker): Subject {
  const none = {
    target: null,
    endpoint: null,
    candidate: null,
    version: null,
    modelDigest: null,
    release: null,
  };
  return { invoker, version: null, platform: null, facts: { ...none, url: invoker.url } };
}

function liveOf({ endpoint, status, live, candidates }: EndpointDescription): VersionInfo {
  if (live !== null && status !== 'absent') return live;
  const hint = candidates.map(({ name }) => name).join(', ');
  throw new UserError(
    hint === ''
      ? `There is no endpoint "${endpoint}". Deploy it first, or correct endpoint-name.`
      : `The endpoint "${endpoint}" has no live version yet. Set candidate-name to test a candidate (${hint}).`,
  );
}

function candidateOf({ endpoint, candidates }: EndpointDescription, name: string): VersionInfo {
  const found = candidates.find((candidate) => candidate.name === name);
  if (found) return found;
  const known = candidates.map((candidate) => candidate.name).join(', ') || 'none';
  throw new UserError(
    `The endpoint "${endpoint}" has no candidate "${name}" (its candidates: ${known}). ` +
      'It was promoted, discarded or never staged; use the output candidate-name of deploy-endpoint.',
    { page: 'candidate' },
  );
}

/** A platform that says itself that nothing serves need not be asked. */
function notServing(description: EndpointDescription): EndpointInvoker {
  const { endpoint, url } = description;
  const message = `the platform says that it does not serve: ${whyNotServing(description)}`;
  return {
    url: url ?? endpoint,
    invoke: () => Promise.reject(new UpstreamError('endpoint', message)),
  };
}
