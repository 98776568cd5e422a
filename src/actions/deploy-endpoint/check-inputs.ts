/** What can be said of the inputs without looking at anything else. */
import type { Problem } from '../../core/errors.ts';
import { memberPath } from '../../core/spec/group.ts';
import { platformOf } from '../../platforms/table.ts';
import { ruleProblems } from './check-rules.ts';
import { groupRequest } from './group-request.ts';
import type { Given } from './inputs.ts';
import { twice } from './confirm.ts';

/** `<endpoint>-c-<8 digits>` must fit into 63 characters. */
const LONGEST_ENDPOINT = 63 - '-c-'.length - 8;

/** @param region of a platform that has regions; null if nothing names it */
export function checkInputs(inputs: Given, region: string | null): Problem[] {
  return [
    ...modelProblems(inputs),
    ...commandProblems(inputs),
    ...approvalProblems(inputs),
    ...keyProblems(inputs),
    ...ruleProblems(inputs, 'step', region),
  ];
}

/** A short one could be tried out as the values can. */
const SHORTEST_KEY = 16;

function keyProblems({ digestKey }: Given): Problem[] {
  if (digestKey === null || digestKey.length >= SHORTEST_KEY) return [];
  const message = `has ${digestKey.length} characters; it needs ${SHORTEST_KEY} at least.`;
  return [{ where: 'digest-key', message, fix: 'Make one with "openssl rand -hex 32".' }];
}

/** Commands that are about what is there, and plan nothing. */
const WITHOUT_PLAN: readonly (string | null)[] = ['rollback', 'teardown', 'reap'];

/** The model package that is deployed; null if there is none, or the platform has none. */
export function packageOf(inputs: Given): string | null {
  return groupRequest(inputs).modelPackageArn;
}

/** The input that names it. */
export function packageInput({ target }: Given): string {
  return memberPath(target ?? '', 'model-package-arn');
}

/** Whether the command makes a plan, for which it has to know the model. */
export function needsModel({ command, approvedPlan }: Given): boolean {
  // A command that could not be understood has been reported to be so; what it needs is not known.
  if (command === null || WITHOUT_PLAN.includes(command)) return false;
  return command !== 'discard' || approvedPlan === null;
}

function modelProblems(inputs: Given): Problem[] {
  const { command, release, modelDataUrl, referenceUrl } = inputs;
  const problems: Problem[] = [];
  if (release !== null && modelDataUrl !== null) {
    const message = 'release and model-data-url are both set, but a release names its own model.';
    problems.push({ where: 'release', message, fix: 'Remove one of them.' });
  }
  if (release !== null && referenceUrl !== null) {
    const message = 'release and reference-url are both set, but a release names its own reference.';
    problems.push({ where: 'reference-url', message, fix: 'Remove one of them.' });
  }
  const others = Object.entries({ release, 'model-data-url': modelDataUrl });
  for (const [where, value] of packageOf(inputs) === null ? [] : others) {
    if (value === null) continue;
    const message = `${where} and model-package-arn are both set, but each names a model.`;
    problems.push({ where: packageInput(inputs), message, fix: 'Remove one of them.' });
  }
  if (needsModel(inputs) && release === null && modelDataUrl === null && packageOf(inputs) === null) {
    const message = `the command "${command}" needs a model.`;
    const fix =
      'Set release to a release record, or model-data-url to an archive, as package-model puts them out.';
    problems.push({ where: 'release', message, fix });
  }
  return problems;
}

function rollbackOnly({ command, toVersion, fromVersion }: Given): Problem[] {
  if (command === null || command === 'rollback') return [];
  const given: [string, string | null][] = [
    ['to-version', toVersion],
    ['from-version', fromVersion],
  ];
  return given.flatMap(([where, version]) => {
    if (version === null) return [];
    const message = `"${version}" is given, but the command is "${command}".`;
    return [{ where, message, fix: 'It goes with the command "rollback" only.' }];
  });
}

function commandProblems(inputs: Given): Problem[] {
  const { command, endpointName, confirm, staging } = inputs;
  const problems: Problem[] = [...unknownCommand(inputs)];
  if (command === 'teardown' && confirm !== endpointName && confirm !== twice(endpointName ?? '')) {
    const message =
      confirm === null ? 'is required for teardown.' : `"${confirm}" is not the endpoint's name.`;
    problems.push({
      where: 'confirm',
      message,
      fix: `Set confirm to "${endpointName}" to remove that endpoint.`,
    });
  }
  problems.push(...rollbackOnly(inputs));
  if (
    needsModel(inputs) &&
    staging === 'endpoint' &&
    endpointName !== null &&
    endpointName.length > LONGEST_ENDPOINT
  ) {
    const message = `"${endpointName}" has ${endpointName.length} characters; with the candidate's name, ${LONGEST_ENDPOINT} are possible.`;
    problems.push({ where: 'endpoint-name', message, fix: 'Shorten it, or set staging to "none".' });
  }
  return problems;
}

/** Not every platform has every command. */
function unknownCommand({ command, target }: Given): Problem[] {
  const { commands } = target === null ? {} : platformOf(target).traits;
  if (command === null || target === null || commands?.includes(command) !== false) return [];
  const message = `"${command}" is not a command of target: ${target}.`;
  return [{ where: 'command', message, fix: `Use ${commands.join(', ')}.` }];
}

/** What was approved got lost: a runner drops an output that holds a masked value, and an expression of a skipped job is ''. */
function approvalProblems({ command, requireApproval, approvedPlan }: Given): Problem[] {
  const changes = command !== null && ['deploy', 'stage', 'promote'].includes(command);
  if (!changes || requireApproval !== true || approvedPlan !== null) return [];
  const message = 'is required by require-approval, and it is empty.';
  const fix =
    'Pass the output approved-plan-json of approve-gate. If you do, look for "Skip output" in the log of the gate’s job: GitHub drops an output that contains a masked value.';
  return [{ where: 'approved-plan', message, fix }];
}
