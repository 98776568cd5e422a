/** A model package of a registry: approved there, it says which archive, image and environment are meant. */
import { UserError, type Problem } from '../../core/errors.ts';
import type { ModelPackage } from '../../core/model-registry.ts';
import type { Ports } from '../../core/ports.ts';
import { needsModel, packageInput, packageOf } from './check-inputs.ts';
import type { Inputs } from './inputs.ts';

export interface PackagePorts {
  /** @throws UserError for a package that is not there */
  readonly modelPackage: (arn: string) => Promise<ModelPackage>;
}

/** The inputs as they would be with the package's own archive, image and environment given by hand. */
export async function withModelPackage(
  inputs: Inputs,
  { modelPackage, log }: PackagePorts & Pick<Ports, 'log'>,
): Promise<Inputs> {
  const arn = packageOf(inputs);
  if (arn === null || !needsModel(inputs)) return inputs;
  const found = await modelPackage(arn);
  const problems = problemsOf(found, packageInput(inputs));
  if (problems.length > 0) throw UserError.of(problems);
  const isImageGiven = inputs.imageUri !== null || inputs.framework !== null;
  log.info(`${arn} is Approved; its archive is ${found.url ?? ''}.`);
  return {
    ...inputs,
    modelDataUrl: found.url,
    imageUri: isImageGiven ? inputs.imageUri : found.image,
    environmentVariables: merged(found.environment, inputs.environmentVariables),
  };
}

function problemsOf({ arn, approval, url, containers }: ModelPackage, where: string): Problem[] {
  const problems: Problem[] = [];
  if (approval !== 'Approved') {
    const message = `${arn} is ${approval}, and only an Approved package is deployed.`;
    const fix = 'Approve it in the Model Registry (ModelApprovalStatus), or name another one.';
    problems.push({ where, message, fix });
  }
  if (containers !== 1) {
    const message = `${arn} has ${containers} containers, and exactly one is supported.`;
    problems.push({ where, message, fix: 'Register the model with one container.' });
  } else if (url === null) {
    const message = `${arn} names no archive of a model (ModelDataUrl).`;
    problems.push({ where, message, fix: 'Give the archive as model-data-url instead.' });
  }
  return problems;
}

/** A variable that is given wins; null if there are none at all, so what serves keeps its own. */
function merged(
  own: ReadonlyMap<string, string>,
  given: ReadonlyMap<string, string> | null,
): ReadonlyMap<string, string> | null {
  return own.size === 0 ? given : new Map([...own, ...(given ?? [])]);
}
