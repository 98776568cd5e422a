/**
 * What deployment guardrails do not take.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails.html and -exclusions.html
 */
import type { Problem } from '../../../core/errors.ts';
import type { Strategy } from '../../../core/plan/plan.ts';
import { LONGEST_EXECUTION_SECONDS, LONGEST_WAIT_SECONDS, totalWaitSeconds } from './guardrails.ts';
import type { DeploymentFacts } from '../../../core/plan/deployment-facts.ts';

/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TrafficRoutingConfig.html, API_RollingUpdatePolicy.html */
const STEP: Readonly<Record<Strategy['type'], readonly [least: number, most: number] | null>> = {
  'all-at-once': null,
  canary: [1, 50],
  linear: [10, 50],
  rolling: [5, 50],
};
/** https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_AutoRollbackConfig.html */
const MOST_ALARMS = 10;
const LONGEST_ALARM = 255;

export function strategyRules(subject: DeploymentFacts): Problem[] {
  return [
    ...stepRules(subject.strategy),
    ...fleetRules(subject),
    ...waitRules(subject),
    ...alarmRules(subject.strategy),
  ];
}

function stepRules({ type, stepPercent }: Strategy): Problem[] {
  const where = 'step-percent';
  const limits = STEP[type];
  if (limits === null) {
    if (stepPercent === null) return [];
    return [{ where, message: `${stepPercent} is given, but the strategy "${type}" has no steps.` }];
  }
  const [least, most] = limits;
  const range = `Use ${least} to ${most}.`;
  if (stepPercent === null) {
    return [{ where, message: `is required for the strategy "${type}".`, fix: range }];
  }
  if (stepPercent >= least && stepPercent <= most) return [];
  return [{ where, message: `${stepPercent} is not possible for the strategy "${type}".`, fix: range }];
}

/** A step is at least one instance and at most half of them, so there have to be two. */
function fleetRules({ strategy, instanceCount, instanceType, serverless }: DeploymentFacts): Problem[] {
  const { type } = strategy;
  if (type === 'all-at-once') return [];
  const where = 'strategy';
  const fix = 'Use all-at-once.';
  if (serverless !== null) {
    return [
      { where, message: `"${type}" is not possible for serverless inference, which has no instances.`, fix },
    ];
  }
  if (instanceType?.startsWith('ml.inf1.') === true) {
    const message = `"${type}" is not possible with ${instanceType}: SageMaker silently deploys to Inf1 all at once, without a bake.`;
    return [{ where, message, fix }];
  }
  if (instanceCount === null || instanceCount >= 2) return [];
  const message = `"${type}" is not possible with ${instanceCount} instance: a step takes half of the instances at most.`;
  return [{ where, message, fix: 'Set initial-instance-count to 2 or more, or use all-at-once.' }];
}

function waitRules({ strategy, timeoutMinutes }: DeploymentFacts): Problem[] {
  const { bakeMinutes, type } = strategy;
  const problems: Problem[] = [];
  const where = 'bake-minutes';
  if (bakeMinutes * 60 > LONGEST_WAIT_SECONDS) {
    const message = `${bakeMinutes} is more than AWS waits, ${LONGEST_WAIT_SECONDS / 60} minutes.`;
    return [{ where, message }];
  }
  const minutes = totalWaitSeconds(strategy) / 60;
  if (minutes * 60 >= LONGEST_EXECUTION_SECONDS) {
    const most = LONGEST_EXECUTION_SECONDS / 60;
    const message = `${bakeMinutes} after each step of "${type}" makes ${minutes} minutes; AWS gives an update less than ${most}.`;
    problems.push({ where, message, fix: 'Shorten it, or take larger steps.' });
  } else if (minutes > 0 && minutes >= timeoutMinutes) {
    const message = `${timeoutMinutes} is not more than the waits of "${type}" alone, ${minutes} minutes.`;
    const fix = `Set it above ${minutes}, with the time that new instances need on top.`;
    problems.push({ where: 'timeout-minutes', message, fix });
  }
  return problems;
}

function alarmRules({ alarms }: Strategy): Problem[] {
  const where = 'alarms';
  const problems: Problem[] = alarms
    .filter((name) => name.trim() === '' || name.length > LONGEST_ALARM)
    .map((name) => ({ where, message: `"${name}" is no name of an alarm.` }));
  if (alarms.length > MOST_ALARMS) {
    problems.push({ where, message: `there are ${alarms.length} of them; ${MOST_ALARMS} are possible.` });
  }
  return problems;
}
