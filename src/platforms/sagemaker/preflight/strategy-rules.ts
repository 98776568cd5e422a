/**
 * What deployment guardrails do not take.
 * https://docs.aws.amazon.com/sagemaker/latest/dg/deployment-guardrails.html and -exclusions.html
 */
import type { Problem } from '../../../core/errors.ts';
import { sharesOf, type Strategy } from '../../../documents/plan.ts';
import { LONGEST_EXECUTION_SECONDS, LONGEST_WAIT_SECONDS, totalWaitSeconds } from './guardrails.ts';
import type { DeploymentFacts } from '../../../core/plan/deployment-facts.ts';
import { rule, stepRule, type Rule } from '../../../core/spec/rule.ts';

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

export const strategyRules: readonly Rule[] = [
  rule(({ strategy }) => stepRules(strategy)),
  rule(fleetRules),
  rule(bakeRules),
  stepRule(waitRules),
  rule(({ strategy }) => alarmRules(strategy)),
];

/** That a strategy has steps or has none holds everywhere (src/inputs); how large they may be is SageMaker's. */
function stepRules(strategy: Strategy): Problem[] {
  const { type, stepPercent } = strategy;
  const limits = STEP[type];
  if (limits === null || stepPercent === null) return [];
  const shares = sharesOf(strategy);
  if (type === 'canary' && shares.length > 1) {
    const message = `"${shares.join(', ')}" are several steps, and a canary of SageMaker has one.`;
    return [{ where: 'step-percent', message, fix: 'Give one number, or use linear.' }];
  }
  const [least, most] = limits;
  if (stepPercent >= least && stepPercent <= most) return [];
  const message = `${stepPercent} is not possible for the strategy "${type}".`;
  return [{ where: 'step-percent', message, fix: `Use ${least} to ${most}.` }];
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
  const message = `"${type}" is not possible with ${instanceCount} instance: a step can take half of the instances at most.`;
  return [
    {
      where,
      message,
      fix: 'Set initial-instance-count to 2 or more, or use all-at-once.',
      beside: ['initial-instance-count'],
    },
  ];
}

function bakeRules({ strategy: { bakeMinutes } }: DeploymentFacts): Problem[] {
  if (bakeMinutes * 60 <= LONGEST_WAIT_SECONDS) return [];
  const message = `${bakeMinutes} is more than AWS waits, ${LONGEST_WAIT_SECONDS / 60} minutes.`;
  return [{ where: 'bake-minutes', message }];
}

function waitRules({ strategy, timeoutMinutes }: DeploymentFacts): Problem[] {
  const { bakeMinutes, type } = strategy;
  const minutes = totalWaitSeconds(strategy) / 60;
  if (minutes * 60 >= LONGEST_EXECUTION_SECONDS) {
    const most = LONGEST_EXECUTION_SECONDS / 60;
    const message = `${bakeMinutes} after each step of "${type}" makes ${minutes} minutes; AWS gives an update less than ${most}.`;
    return [{ where: 'bake-minutes', message, fix: 'Shorten it, or use larger steps.' }];
  }
  if (minutes === 0 || minutes < timeoutMinutes) return [];
  const message = `${timeoutMinutes} is not more than the waits of "${type}" alone, ${minutes} minutes.`;
  const fix = `Set it above ${minutes}, with the time that new instances need on top.`;
  return [{ where: 'timeout-minutes', message, fix }];
}

function alarmRules({ alarms }: Strategy): Problem[] {
  const where = 'alarms';
  const problems: Problem[] = alarms
    .filter((name) => name.trim() === '' || name.length > LONGEST_ALARM)
    .map((name) => ({ where, message: `"${name}" is not a valid name of an alarm.` }));
  if (alarms.length > MOST_ALARMS) {
    problems.push({ where, message: `there are ${alarms.length} of them; ${MOST_ALARMS} are possible.` });
  }
  return problems;
}
