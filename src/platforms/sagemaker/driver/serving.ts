/** What DescribeEndpoint says, in the words of the decisions. */
import type { DescribeEndpointOutput } from '@aws-sdk/client-sagemaker';
import {
  ABSENT,
  type CandidateState,
  type Serving,
  type ServingState,
} from '../../../deployment/observed.ts';
import { guardOf } from '../alarms/bake-alarms.ts';
import { checkCase, pendingConfig, readLive, servingConfig } from '../live.ts';
import { fitOf } from '../verify.ts';
import { stateLine } from '../state-line.ts';
import type { Work } from './work.ts';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpoint.html (EndpointStatus) */
const STATES: Readonly<Record<string, ServingState>> = {
  Creating: 'starting',
  InService: 'serving',
  // It answers nothing, and takes an update.
  OutOfService: 'serving',
  Updating: 'moving',
  SystemUpdating: 'moving',
  RollingBack: 'going-back',
  UpdateRollbackFailed: 'mixed',
  Failed: 'broken',
  Deleting: 'going',
};

/** One call while a change is in progress; what serves a plan's version is compared with the plan. */
export async function lookServing(work: Work): Promise<Serving> {
  const { session, subject } = work;
  const { endpoint, plan } = subject;
  const described = await session.reads.endpoint(endpoint);
  noteDescribed(endpoint, described, work);
  if (described === null) return ABSENT;
  checkCase(endpoint, described.EndpointName);
  const serving = servingOf(described);
  if (plan === null || serving.state !== 'serving' || serving.version !== plan.version) return serving;
  const live = await readLive(endpoint, session.reads);
  return live === null ? serving : { ...serving, fit: fitOf(plan, live) };
}

/** Without a comparison. */
export function servingOf(described: DescribeEndpointOutput): Serving {
  const { EndpointStatus: status = '', LastDeploymentConfig: last } = described;
  const alarms = last?.AutoRollbackConfiguration?.Alarms ?? [];
  const guards = new Set(alarms.flatMap(({ AlarmName = '' }) => guardOf(AlarmName) ?? []));
  return {
    state: STATES[status] ?? 'moving',
    version: servingConfig(described),
    towards: pendingConfig(described),
    guards: status === 'Updating' ? [...guards] : [],
    etag: null,
    fit: 'as-asked',
  };
}

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_DescribeEndpoint.html (EndpointStatus), of a candidate */
export function candidateStateOf(status: string): CandidateState['state'] {
  if (status === 'InService') return 'ready';
  if (status === 'Failed' || status === 'OutOfService') return 'broken';
  return status === 'Deleting' ? 'going' : 'starting';
}

/** Logs each change of the state, and keeps the reason of a failure. */
export function noteDescribed(name: string, described: DescribeEndpointOutput | null, work: Work): void {
  if (described?.FailureReason !== undefined) work.reasons.set(name, described.FailureReason);
  const variant = described?.ProductionVariants?.[0]?.VariantName;
  if (variant !== undefined && name === work.subject.endpoint) work.variant = variant;
  const line = stateLine(described);
  const before = work.lines.get(name);
  work.lines.set(name, line);
  // What is there at first is no news, unless something is in progress.
  const isNews = before === undefined ? isUnderWay(described) : before !== line;
  if (isNews) work.session.options.log.info(`${name}: ${line}`);
}

function isUnderWay(described: DescribeEndpointOutput | null): boolean {
  return described !== null && described.EndpointStatus !== 'InService';
}
