import { UserError } from '../../core/errors.ts';
import type { ResolvePorts, WorkflowHost } from './ports.ts';

/** @throws UserError if there is no token. */
export function connected({ connect }: ResolvePorts): Promise<WorkflowHost> {
  if (connect !== null) return connect();
  const fix = 'Set the input token, or env GITHUB_TOKEN: ${{ github.token }}.';
  throw UserError.of([{ where: 'token', message: 'is needed for this command.', fix }]);
}
