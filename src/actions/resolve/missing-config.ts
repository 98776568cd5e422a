/** What is said if there is no ml-deploy.yml: why, if the folder shows it. */
import { basename, extname } from 'node:path';
import { UserError } from '../../core/errors.ts';
import type { FailurePage } from '../../core/failure-pages.ts';

/** It has a file to begin with, and links to the samples. */
const PAGE: FailurePage = 'wrong-config';

/**
 * @param name of the file that was looked for, such as ml-deploy.yml
 * @param files what is in its folder
 * @returns null if the folder shows no reason: some commands need no file
 */
export function missingConfig(name: string, files: readonly string[]): UserError | null {
  const ending = extname(name) === '.yaml' ? '.yml' : '.yaml';
  const other = `${basename(name, extname(name))}${ending}`;
  if (files.includes(other))
    return new UserError(`There is ${other}, but no ${name}. Rename it.`, { page: PAGE });
  if (files.length > 0) return null;
  return new UserError(
    `There is no ${name}, because the workspace is empty. Run actions/checkout before this step.`,
    { page: PAGE },
  );
}

/**
 * @param use what the command needs the file for, as the rest of a sentence
 * @param sampleUrl of a sample of it
 */
export function noConfig(use: string, sampleUrl: string): UserError {
  return new UserError(
    `There is no ml-deploy.yml, ${use}. Add one to the top of the repository, such as ${sampleUrl}.`,
    { page: PAGE },
  );
}
