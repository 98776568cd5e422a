/** Why there is no ml-deploy.yml, where the folder shows it. */
import { basename, extname } from 'node:path';
import { UserError } from '../../core/errors.ts';

/**
 * @param name of the file that was looked for, such as ml-deploy.yml
 * @param files what is in its folder
 * @returns null where the folder shows no reason: some commands need no file
 */
export function missingConfig(name: string, files: readonly string[]): UserError | null {
  const ending = extname(name) === '.yaml' ? '.yml' : '.yaml';
  const other = `${basename(name, extname(name))}${ending}`;
  if (files.includes(other)) return new UserError(`There is ${other}, but no ${name}. Rename it.`);
  if (files.length > 0) return null;
  return new UserError(
    `There is no ${name}, because the workspace is empty. Run actions/checkout before this step.`,
  );
}
