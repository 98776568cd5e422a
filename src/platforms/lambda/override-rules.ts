/** What `function-overrides` can set. */
import type { Problem } from '../../core/errors.ts';
import type { DeploymentFacts } from '../../core/plan/deployment-facts.ts';
import { rule, type Rule } from '../../core/spec/rule.ts';
import { READ_BACK } from './spec.ts';

export const overrideRules: readonly Rule[] = [rule(overrides)];

/** https://docs.aws.amazon.com/lambda/latest/dg/images-create.html, and .../dg/snapstart.html (limitations) */
const REFUSED: Readonly<Record<string, { readonly message: string; readonly fix: string }>> = {
  Layers: {
    message: 'a function of a container image has no layers (Layers).',
    fix: 'Put the libraries into the image.',
  },
  SnapStart: {
    message: 'a function of a container image has no SnapStart.',
    fix: 'Use provisioned-concurrency.',
  },
  Environment: {
    message: '"Environment" has an input of its own.',
    fix: 'Use environment-variables.',
  },
};

/**
 * A deployment ends when everything is read back as planned, so it would never end with a setting that cannot be
 * compared.
 */
function overrides({ settings: { functionOverrides = {} } = {} }: DeploymentFacts): Problem[] {
  return Object.keys(functionOverrides).flatMap((member) => {
    if (READ_BACK.includes(member)) return [];
    const { message, fix } = REFUSED[member] ?? {
      message: `"${member}" cannot be set here, because it cannot be compared with what the function has.`,
      fix: `Use ${READ_BACK.join(', ')}.`,
    };
    return [{ where: 'lambda: function-overrides', message, fix }];
  });
}
