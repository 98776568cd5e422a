/** Everything that can be found wrong before GitHub is asked anything, all of it at once. */
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import {
  loginKey,
  parseApprovers,
  unsatisfiable,
  without,
  type ApproverList,
} from '../../core/approval/approvers.ts';
import { readEvidence } from '../../core/approval/evidence.ts';
import type { Evidence } from '../../documents/request-payload.ts';
import { readPlanDocument } from '../../documents/approved-plan.ts';
import { decisionWords, type DecisionWords } from '../../core/approval/words.ts';
import { messageOf, type Problem, UserError } from '../../core/errors.ts';
import { pathProblem } from '../../core/missing-path.ts';
import type { RunContext } from '../../core/ports.ts';
import type { Plan } from '../../documents/plan.ts';
import type { InputsOf } from '../../core/spec/action-spec.ts';
import { loadDocument } from './document.ts';
import type { GatePorts } from './ports.ts';
import type { spec } from './spec.ts';

export type Inputs = InputsOf<typeof spec>;

/** Who decides, and by which words. */
export interface Policy {
  readonly approvers: ApproverList;
  readonly minimumApprovals: number;
  /** Whether people approve who may only read. */
  readonly readersApprove: boolean;
  readonly words: DecisionWords;
}

/** The inputs once they make sense. */
export interface Gate extends Policy {
  readonly plan: Plan;
  readonly environment: string | null;
  readonly evidence: Evidence | null;
  /** Who started the run, and may not decide. */
  readonly excluded: readonly string[];
}

/** For the modes that begin with a plan: wait, request and environment. @throws UserError with every problem. */
export async function checkInputs(inputs: Inputs, ports: GatePorts): Promise<Gate> {
  const { context } = ports;
  const problems: Problem[] = [...surroundings(inputs, context, ports.connect !== null)];
  const policy = checkPolicy(inputs, problems);
  const excluded = inputs.excludeInitiator ? initiators(context) : [];
  problems.push(...enoughUsers(policy.approvers, inputs, excluded));
  const plan = await loadSubject(inputs, ports, problems);
  const evidence = await loadEvidence(inputs, context, plan, problems);
  const environment = inputs.environment ?? plan?.environmentName ?? null;
  if (plan !== null && environment === null && inputs.mode !== 'wait') {
    const fix = 'Set environment, or plan with one.';
    problems.push({ where: 'environment', message: `is needed with mode ${inputs.mode}.`, fix });
  }
  if (problems.length > 0 || plan === null) throw UserError.of(problems);
  return { ...policy, plan, environment, evidence, excluded };
}

/** For resume: what is deployed is not asked here. @throws UserError with every problem. */
export function checkResume(inputs: Inputs, context: RunContext, hasToken: boolean): Policy {
  const problems: Problem[] = [...surroundings(inputs, context, hasToken)];
  const policy = checkPolicy(inputs, problems);
  if (problems.length > 0) throw UserError.of(problems);
  return policy;
}

export interface Conclusion {
  readonly deploymentId: number;
  readonly result: 'success' | 'failure' | 'cancelled' | 'skipped';
}

/** @throws UserError with every problem. */
export function checkConclude(inputs: Inputs, context: RunContext, hasToken: boolean): Conclusion {
  const problems: Problem[] = [...surroundings(inputs, context, hasToken)];
  const { deploymentId, result, endpointUrl } = inputs;
  if (deploymentId === null) {
    const fix = 'Give the output deployment-id of mode resume.';
    problems.push({ where: 'deployment-id', message: 'is required with mode conclude.', fix });
  }
  if (result === null) {
    const fix = 'Set it to ${{ needs.<job>.result }} or ${{ job.status }}.';
    problems.push({ where: 'result', message: 'is required with mode conclude.', fix });
  }
  if (endpointUrl !== null && !/^https?:\/\/\S+$/.test(endpointUrl)) {
    problems.push({ where: 'endpoint-url', message: `"${endpointUrl}" is not an http(s) URL.` });
  }
  if (deploymentId === null || result === null || problems.length > 0) throw UserError.of(problems);
  return { deploymentId, result };
}

function checkPolicy(inputs: Inputs, problems: Problem[]): Policy {
  const { list, problems: badApprovers } = parseApprovers(inputs.approvers ?? []);
  const { words, problems: badWords } = decisionWords(inputs.approveWords ?? [], inputs.denyWords ?? []);
  problems.push(...badApprovers, ...badWords);
  // GitHub's own rules name the reviewers of an environment; approvers narrows them if it is given.
  if (inputs.mode !== 'environment' && (inputs.approvers ?? []).length === 0) {
    const fix = 'Name users and org/team.';
    problems.push({ where: 'approvers', message: 'is empty, so nobody could approve.', fix });
  }
  const { minimumApprovals, allowReadAccess: readersApprove } = inputs;
  return { approvers: list, minimumApprovals, readersApprove, words };
}

function* surroundings(inputs: Inputs, context: RunContext, hasToken: boolean): Generator<Problem> {
  if (!hasToken) {
    yield {
      where: 'token',
      message: 'is not given, and neither is GITHUB_TOKEN.',
      fix: 'Set the input token, or env GITHUB_TOKEN: ${{ github.token }} with "permissions: issues: write".',
    };
  }
  if (!/^[^/]+\/[^/]+$/.test(context.repository)) {
    const message = `"${context.repository}" is not owner/name, so there is no repository to ask in.`;
    yield { where: 'GITHUB_REPOSITORY', message };
  }
  if (inputs.mode === 'environment' && context.runId === '') {
    yield {
      where: 'GITHUB_RUN_ID',
      message: 'is not set, so there is no run whose reviews can be read.',
    };
  }
}

/** The actor, and who started this attempt if that is another person. */
export function initiators(context: RunContext): string[] {
  const people = [context.actor, context.triggeringActor].filter((login) => login !== '');
  return people.filter((login, i) => people.findIndex((other) => loginKey(other) === loginKey(login)) === i);
}

/** With teams, how many people there are is only known once GitHub has been asked. */
function enoughUsers(list: ApproverList, inputs: Inputs, excluded: readonly string[]): Problem[] {
  if (list.users.length === 0 || list.teams.length > 0) return [];
  const remaining = without(
    list.users.map((login) => ({ login })),
    excluded,
  );
  const problem = unsatisfiable(remaining.length, inputs.minimumApprovals, excluded);
  return problem === null ? [] : [problem];
}

/** The plan or the document: one of the two. */
function loadSubject(inputs: Inputs, ports: GatePorts, problems: Problem[]): Promise<Plan | null> {
  const { planPath, documentPath, documentKey } = inputs;
  if (documentPath === null) return loadPlan(inputs, ports.context, problems);
  if (planPath !== null) {
    const fix = 'Ask about one of them.';
    problems.push({ where: 'document-path', message: 'is set together with plan-path.', fix });
  }
  if (documentKey !== null && documentKey.length < SHORTEST_KEY) {
    const message = `has ${documentKey.length} characters, which can be guessed; ${SHORTEST_KEY} are needed.`;
    problems.push({ where: 'document-key', message, fix: 'Take the output of: openssl rand -hex 32' });
  }
  return loadDocument(inputs, documentPath, ports, problems);
}

const SHORTEST_KEY = 16;

async function loadPlan(inputs: Inputs, context: RunContext, problems: Problem[]): Promise<Plan | null> {
  const path = inputs.planPath;
  const fix = 'Set plan-path to the output of deploy-endpoint (command: plan), or set document-path.';
  if (path === null) {
    problems.push({ where: 'plan-path', message: 'is required.', fix });
    return null;
  }
  const text = await load('plan-path', path, context, problems);
  if (text === null) return null;
  const document = readPlanDocument(text, `plan-path (${path})`);
  if ('problems' in document) {
    problems.push(...document.problems.map((problem) => ({ fix, ...problem })));
    return null;
  }
  const { plan } = document;
  const { environment } = inputs;
  if (environment !== null && plan.environmentName && plan.environmentName !== environment) {
    const message = `"${environment}" is not the environment of the plan, which was made for ${plan.environmentName}.`;
    problems.push({ where: 'environment', message });
  }
  return plan;
}

/** Evidence about another model is worse than none. */
async function loadEvidence(
  inputs: Inputs,
  context: RunContext,
  plan: Plan | null,
  problems: Problem[],
): Promise<Evidence | null> {
  const path = inputs.reportPath;
  const text = path === null ? null : await load('report-path', path, context, problems);
  if (text === null) return null;
  try {
    const evidence = readEvidence(text);
    const digests = evidence.modelDigests;
    const wanted = plan?.desired.model;
    if (wanted !== undefined && digests.length > 0 && !digests.includes(wanted)) {
      const message = `"${path}" is about the model ${digests.join(', ')}, but the plan deploys ${wanted}.`;
      problems.push({ where: 'report-path', message });
    }
    return evidence;
  } catch (error) {
    problems.push({ where: 'report-path', message: `"${path}" ${messageOf(error)}.` });
    return null;
  }
}

async function load(
  where: string,
  path: string,
  context: RunContext,
  problems: Problem[],
): Promise<string | null> {
  try {
    return await readFile(resolve(context.workspace, path), 'utf8');
  } catch (error) {
    problems.push(await pathProblem(where, path, context.workspace, error));
    return null;
  }
}
