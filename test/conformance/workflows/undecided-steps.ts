/** The steps of an acceptance run that need the packages of this repository, which no user's repository has. */
import { expect } from 'vitest';

/**
 * The workflow without the steps from setup-node to the looks that it is set up for.
 * @param command of test/acceptance/main.ts
 */
export function withoutUndecided(workflow: string, command: 'decide' | 'decide-lambda'): string {
  const steps = new RegExp(
    ` {6}- uses: actions/setup-node@[^]*?run: node test/acceptance/main\\.ts ${command}\\n`,
  );
  expect(workflow).toMatch(steps);
  return workflow.replace(steps, '');
}
