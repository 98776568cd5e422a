/** What stands in the way of a release, all at once. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { REUSABLE_WORKFLOWS } from '../release-tree.ts';
import { notesOf } from './changelog.ts';
import { majorTag, parseVersion, type Version } from './version.ts';

export interface Ready {
  readonly version: Version;
  /** Markdown: this version's part of CHANGELOG.md. */
  readonly notes: string;
}

/** @throws Error with every problem, one on a line. */
export function checkReady(root: string, text: string, repository: string): Ready {
  const version = parseVersion(text);
  if (version === null)
    throw new Error(`"${text}" is not a version: write it as 1.2.3, or 1.2.3-rc.1 for a prerelease.`);
  const notes = notesOf(readIfThere(join(root, 'CHANGELOG.md')), text);
  const problems = [
    ...packageProblems(root, text),
    ...changelogProblems(root, text, notes),
    ...workflowProblems(root, version, repository),
  ];
  if (problems.length > 0) {
    const list = problems.map((problem) => `- ${problem}`).join('\n');
    throw new Error(`${text} cannot be released:\n${list}`);
  }
  return { version, notes: notes ?? '' };
}

function readIfThere(path: string): string {
  return existsSync(path) ? readFileSync(path, 'utf8') : '';
}

function packageProblems(root: string, version: string): string[] {
  const { version: known } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
    readonly version: string;
  };
  return known === version
    ? []
    : [`package.json says version ${known}: merge the pull request that \`npm run release:version\` makes.`];
}

function changelogProblems(root: string, version: string, notes: string | null): string[] {
  const folder = join(root, '.changeset');
  const waiting = (existsSync(folder) ? readdirSync(folder) : []).filter(
    (name) => name.endsWith('.md') && name !== 'README.md',
  );
  return [
    ...(notes ? [] : [`CHANGELOG.md says nothing about ${version}.`]),
    ...(waiting.length === 0
      ? []
      : [`${waiting.join(', ')} in .changeset is in no version yet: run \`npm run release:version\`.`]),
  ];
}

/** Reusable workflows name the actions in full: in a renamed repository or a new major version they would run others. */
function workflowProblems(root: string, version: Version, repository: string): string[] {
  const wanted = majorTag(version);
  return REUSABLE_WORKFLOWS.flatMap((path) => {
    const used = readFileSync(join(root, path), 'utf8').matchAll(
      /uses: ([\w.-]+\/ml-deploy)\/[^@\s]+@(\S+)/g,
    );
    const wrong = [...used].filter(([, name, ref]) => name !== repository || ref !== wanted);
    const [first] = wrong;
    return first === undefined
      ? []
      : [
          `${path} has "${first[0]}", which has to name ${repository} and @${wanted} (${wrong.length} such lines).`,
        ];
  });
}
