/**
 * Everything that can be found out before anything is changed, in one go: first the rules that need no network, then
 * the account, role, archive, image and quota side by side.
 */
import type { AwsClients } from '../../../clouds/aws/clients.ts';
import { callerAccount, checkAccount, checkRoleAccount } from './account-check.ts';
import { checkArchive, type ArchiveFacts } from './archive-check.ts';
import { attempt, nothing, together, type Checked } from './check.ts';
import { checkImage, type ImageFacts } from './image-check.ts';
import { checkQuota } from './quota-check.ts';
import { checkRole } from './role-check.ts';
import { judge } from '../../../core/spec/rule.ts';
import { neutralRules } from '../../../inputs/neutral-rules.ts';
import { sagemakerRules } from './rules.ts';
import type { DeploymentFacts } from '../../../core/plan/deployment-facts.ts';

export interface Preflight extends Checked {
  /** Results; null if it was not checked, or is not there. */
  readonly facts: {
    readonly account: string | null;
    readonly image: ImageFacts | null;
    readonly archive: ArchiveFacts | null;
  };
}

const NO_FACTS = { account: null, image: null, archive: null };

/** Several calls, each with the SDK's retries, fit into it if AWS answers at all. */
const LIMIT_MS = 20_000;

export interface PreflightOptions {
  readonly signal: AbortSignal;
  /** Gives the account that the credentials belong to, if they were asked for it before. */
  readonly readAccount?: () => Promise<string>;
  /** For each check. */
  readonly limitMs?: number;
}

/** Reads only. With a problem that the rules alone find, no call is made. */
export async function preflight(
  subject: DeploymentFacts,
  clients: AwsClients,
  { signal, readAccount = () => callerAccount(clients), limitMs = LIMIT_MS }: PreflightOptions,
): Promise<Preflight> {
  const broken = judge([...neutralRules, ...sagemakerRules], subject, 'plan');
  if (broken.length > 0) return { findings: [], problems: broken, facts: NO_FACTS };
  const { executionRoleArn, model, imageUri, region } = subject;
  const patience = { signal, limitMs };
  let account: string | null = null;
  const [identity, role, archive, image, quota] = await Promise.all([
    attempt('which account this runs in', patience, async () => {
      account = await readAccount();
      return together([checkAccount(subject, account), checkRoleAccount(subject, account)]);
    }),
    executionRoleArn === null ? nothing : checkRole(executionRoleArn, clients, patience),
    model === null ? { checked: nothing, facts: null } : checkArchive(model, region, clients, patience),
    imageUri === null
      ? { checked: nothing, facts: null }
      : checkImage(imageUri, subject.serverless !== null, clients, patience),
    checkQuota(subject, clients, patience),
  ]);
  const facts = { account, image: image.facts, archive: archive.facts };
  return { ...together([identity, role, archive.checked, image.checked, quota]), facts };
}
