/** A flow whose caller may not make one of the reads that it can do without: what comes of it, and what is changed. */
import { isRead } from '../fakes/aws/calls.ts';
import type { Flow } from './flows.ts';
import { act, healthy, mutationsOf, openScene, type Start } from './scene.ts';

export interface Trace {
  readonly outcome: string;
  /** The changing calls, see mutationsOf. */
  readonly changed: readonly string[];
}

export interface Denial {
  readonly read: string;
  /** What is wrong; empty where nothing is. */
  readonly wrong: readonly string[];
}

/**
 * The reads that a flow can do without, as docs/iam/README.md has them, and what it leaves undone without: a version that
 * may be in use is kept, and bytes that may not be looked at are not noted.
 */
export const OPTIONAL_READS: Readonly<Record<string, (changed: string) => string | null>> = {
  'servicequotas:ListServiceQuotas': (changed) => changed,
  'iam:GetRole': (changed) => changed,
  'ecr:BatchGetImage': (changed) => changed,
  'ecr:DescribeImages': (changed) => changed,
  'logs:DescribeLogStreams': (changed) => changed,
  'logs:GetLogEvents': (changed) => changed,
  'cloudwatch:GetMetricData': (changed) => changed,
  's3:ListBucket': (changed) => changed,
  's3:GetObject': (changed) => changed.replace(/,?\{"Key":"ml-deploy:archive","Value":"[^"]*"\}/, ''),
  'sagemaker:Search': (changed) =>
    /^sagemaker:Delete(EndpointConfig|Model) /.test(changed) ? null : changed,
};

/** A run without faults. @param denied an IAM action that nobody may; '' for none */
export async function traceOf(flow: Flow, start: Start, denied = ''): Promise<Trace> {
  return (await run(flow, start, denied)).trace;
}

/**
 * Each optional read that the flow makes, denied throughout.
 * @param clean what the flow does in an account of our own, where nothing is denied
 */
export async function tryDenials(flow: Flow, start: Start, clean: Trace): Promise<Denial[]> {
  const { reads } = await run(flow, start, '');
  const denials: Denial[] = [];
  for (const read of Object.keys(OPTIONAL_READS).filter((one) => reads.has(one)))
    denials.push(await tryDenied(flow, start, read, clean));
  return denials;
}

async function run(flow: Flow, start: Start, denied: string) {
  const scene = await openScene(flow, start, denied);
  const { aws } = scene.bed;
  try {
    const { outcome } = await act(scene, healthy(scene));
    const permissions = aws.calls.flatMap((call) => (isRead(call.action) ? call.permissions : []));
    const reads = new Set(permissions.map(({ action }) => action));
    return { trace: { outcome, changed: mutationsOf(aws) }, reads };
  } catch (error) {
    const trace = { outcome: String(error), changed: mutationsOf(aws) };
    return { trace, reads: new Set<string>() };
  } finally {
    await scene.bed.dispose();
  }
}

async function tryDenied(flow: Flow, start: Start, read: string, clean: Trace): Promise<Denial> {
  const { outcome, changed } = await traceOf(flow, start, read);
  const without = OPTIONAL_READS[read] ?? ((all: string) => all);
  const all = (list: readonly string[]) =>
    list
      .map(without)
      .filter((one) => one !== null)
      .toSorted();
  const [now, then] = [all(changed), all(clean.changed)];
  const wrong = [
    ...(outcome === clean.outcome ? [] : [`${outcome} instead of ${clean.outcome}`]),
    ...now.filter((one) => !then.includes(one)).map((one) => `also ${one.slice(0, 120)}`),
    ...then.filter((one) => !now.includes(one)).map((one) => `not ${one.slice(0, 120)}`),
  ];
  return { read, wrong };
}
