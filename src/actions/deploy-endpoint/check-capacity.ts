/** How many instances, and who decides on that: what can be said of these inputs alone. */
import type { Problem } from '../../core/errors.ts';
import type { Given } from './inputs.ts';

export function capacityProblems(inputs: Given): Problem[] {
  const { minCapacity, maxCapacity, invocationsPerInstance, serverlessMemoryMb } = inputs;
  const problems: Problem[] = [];
  if (minCapacity !== null && maxCapacity !== null && minCapacity > maxCapacity) {
    const message = `${minCapacity} is more than max-capacity, ${maxCapacity}.`;
    problems.push({ where: 'min-capacity', message });
  }
  if ((minCapacity === null) !== (maxCapacity === null)) {
    const [given, missing] =
      minCapacity === null ? ['max-capacity', 'min-capacity'] : ['min-capacity', 'max-capacity'];
    problems.push({
      where: missing,
      message: `is missing, while ${given} is given.`,
      fix: 'Give both or none.',
    });
  }
  if (invocationsPerInstance !== null && maxCapacity === null) {
    const message = 'needs min-capacity and max-capacity.';
    problems.push({ where: 'invocations-per-instance', message });
  }
  problems.push(...removalProblems(inputs));
  if (serverlessMemoryMb !== null && serverlessMemoryMb % 1024 !== 0) {
    problems.push({
      where: 'serverless-memory-mb',
      message: `${serverlessMemoryMb} is no multiple of 1024.`,
    });
  }
  return [...problems, ...serverlessProblems(inputs)];
}

function removalProblems(inputs: Given): Problem[] {
  if (inputs.autoscaling !== 'remove') return [];
  const scaling = {
    'min-capacity': inputs.minCapacity,
    'max-capacity': inputs.maxCapacity,
    'invocations-per-instance': inputs.invocationsPerInstance,
    'scale-in-cooldown': inputs.scaleInCooldown,
    'scale-out-cooldown': inputs.scaleOutCooldown,
  };
  const given = Object.entries(scaling).filter(([, value]) => value !== null);
  const problems: Problem[] = given.map(([where, value]) => ({
    where,
    message: `${value ?? ''} is given, and autoscaling is to be removed.`,
    fix: 'Leave one of them out.',
  }));
  if (inputs.initialInstanceCount !== null || inputs.serverlessMemoryMb !== null) return problems;
  const message = 'is required where autoscaling is removed: so many instances run from then on.';
  return [...problems, { where: 'initial-instance-count', message, fix: 'Set it.' }];
}

function serverlessProblems(inputs: Given): Problem[] {
  const { serverlessMemoryMb, serverlessMaxConcurrency, instanceType, maxCapacity } = inputs;
  if (serverlessMemoryMb === null && serverlessMaxConcurrency === null) return [];
  const others = Object.entries({ 'instance-type': instanceType, 'max-capacity': maxCapacity });
  return others
    .filter(([, value]) => value !== null)
    .map(([where, value]) => ({
      where,
      message: `"${value}" does not go with serverless inference.`,
      fix: 'Leave it out, or leave out the serverless-* inputs.',
    }));
}
