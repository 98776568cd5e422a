/** Whether the account may have as many instances as the deployment needs at its peak. */
import leven from 'leven';
import type { AwsClients } from '../../../clouds/aws/clients.ts';
import {
  attempt,
  notChecked,
  nothing,
  ok,
  problem,
  together,
  warning,
  type Checked,
  type Patience,
} from './check.ts';
import { extraInstances } from './guardrails.ts';
import type { DeploymentFacts } from '../../../core/plan/deployment-facts.ts';

const SUFFIX = ' for endpoint usage';
/** `ml.m5.xlarg` is near `ml.m5.xlarge`. */
const NEAR = 1;

export interface Peak {
  readonly instanceType: string;
  /** Instances beside those that serve now, at the most. */
  readonly extra: number;
  /** Of the same type, serving now. */
  readonly serving: number;
}

/** null for serverless inference, and if nothing is known of the instances. */
function peakOf(subject: DeploymentFacts): Peak | null {
  const { instanceType, instanceCount, strategy, candidateInstances, live, serverless } = subject;
  if (serverless !== null || instanceType === null || instanceCount === null) return null;
  const kept = live?.autoscaled === true ? live.instanceCount : null;
  const own = live === null ? instanceCount : extraInstances(strategy, kept ?? instanceCount);
  // The candidate stays until its version serves.
  const extra = own + candidateInstances;
  const serving = live?.instanceType === instanceType ? (live.instanceCount ?? 0) : 0;
  return { instanceType, extra, serving };
}

export function checkQuota(
  subject: DeploymentFacts,
  clients: AwsClients,
  patience: Patience,
): Promise<Checked> {
  const peak = peakOf(subject);
  if (peak === null) return Promise.resolve(nothing);
  const needs = `At its peak the deployment needs ${peak.extra} instance(s) of ${peak.instanceType} in addition to ${peak.serving} that serve(s)`;
  const what = `the quota of ${peak.instanceType}. ${needs}`;
  return attempt(what, patience, async (abortSignal) => {
    const { quota, others } = await readQuota(peak.instanceType, clients, abortSignal);
    if (quota === null) return unlisted(what, peak.instanceType, [...others, ...(await knownTypes())]);
    const total = peak.extra + peak.serving;
    if (total <= quota) {
      const share = `the account can have ${quota} for endpoints.`;
      const rest = ok(`${needs}; ${share}`);
      return total === quota
        ? together([rest, warning(`The quota of ${peak.instanceType} leaves none.`)])
        : rest;
    }
    return problem(
      'instance-type',
      `the account can have ${quota} of ${peak.instanceType} for endpoints, and the deployment needs ${total} at its peak (${peak.serving} that serve(s), ${peak.extra} more).`,
      `Request more of "${peak.instanceType}${SUFFIX}" under Service Quotas, Amazon SageMaker; or use the strategy "rolling", fewer instances, or staging: none.`,
    );
  });
}

/** Quota codes are opaque, so the list is read until the name comes by. */
async function readQuota(
  instanceType: string,
  clients: AwsClients,
  abortSignal: AbortSignal,
): Promise<{ quota: number | null; others: readonly string[] }> {
  const quotas = await clients.quotas();
  const others: string[] = [];
  let NextToken: string | undefined;
  do {
    const page = await clients.call('servicequotas:ListServiceQuotas', async () =>
      quotas.listServiceQuotas({ ServiceCode: 'sagemaker', MaxResults: 100, NextToken }, { abortSignal }),
    );
    for (const { QuotaName = '', Value = 0 } of page.Quotas ?? []) {
      if (!QuotaName.endsWith(SUFFIX)) continue;
      const type = QuotaName.slice(0, -SUFFIX.length);
      if (type === instanceType) return { quota: Value, others };
      others.push(type);
    }
    NextToken = page.NextToken;
  } while (NextToken !== undefined);
  return { quota: null, others };
}

/**
 * Service Quotas leaves out what has its default value only, so a type that is not listed may well be there.
 * https://docs.aws.amazon.com/servicequotas/2019-06-24/apireference/API_ListServiceQuotas.html
 */
function unlisted(what: string, instanceType: string, known: readonly string[]): Checked {
  const why = 'Service Quotas lists none for it, so its default counts.';
  if (known.includes(instanceType)) return notChecked(what, why);
  const near = [...new Set(known)].filter((type) => leven(type, instanceType) <= NEAR).slice(0, 3);
  const hint = near.length === 0 ? '' : ` Did you mean ${near.join(', ')}?`;
  return together([
    notChecked(what, why),
    warning(`${instanceType} is not among the instance types that we know.${hint}`),
  ]);
}

/** Those of the API at the time of this release; newer ones work too. */
async function knownTypes(): Promise<readonly string[]> {
  const { ProductionVariantInstanceType } = await import('@aws-sdk/client-sagemaker');
  return Object.values(ProductionVariantInstanceType);
}
