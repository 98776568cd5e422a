/** Whose function it is. */
import type { GetFunctionResponse } from '@aws-sdk/client-lambda';
import type { Problem } from '../../core/errors.ts';
import { TAG, type LambdaTargetOptions } from './options.ts';

/** Why it may not be changed; empty where it may. */
export function ownershipProblems(
  endpoint: string,
  { Tags = {} }: GetFunctionResponse,
  { adopt, context }: Pick<LambdaTargetOptions, 'adopt' | 'context'>,
): Problem[] {
  if (adopt) return [];
  if (Tags[TAG.endpoint] !== endpoint) {
    const message = `false, and the function ${endpoint} was not made by ml-deploy.`;
    return [
      { where: 'adopt', message, fix: 'Set adopt: true to take it over, or use another endpoint-name.' },
    ];
  }
  const owner = Tags[TAG.repository] ?? '';
  if (owner === '' || context.repository === '' || owner === context.repository) return [];
  const message = `"${endpoint}" belongs to the repository ${owner}.`;
  return [{ where: 'endpoint-name', message, fix: 'Use another name, or set adopt: true to take it over.' }];
}
