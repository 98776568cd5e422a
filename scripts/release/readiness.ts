/** Everything that prevents a release, all at once. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { notesOf } from './changelog.ts';
import { usesIn } from './uses.ts';
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
    ...exampleProblems(root, version, repository),
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

/** What users copy names this repository in full: under another name or major version it would run another one's. */
function exampleProblems(root: string, version: Version, repository: string): string[] {
  const wanted = majorTag(version);
  return callers(root).flatMap((path) => {
    const named = usesIn(readFileSync(join(root, path), 'utf8')).filter((uses) =>
      uses.includes('/ml-deploy/'),
    );
    const wrong = named.filter((uses) => !uses.startsWith(`${repository}/`) || !uses.endsWith(`@${wanted}`));
    const [first] = wrong;
    return first === undefined
      ? []
      : [
          `${path} has "uses: ${first}", which has to name ${repository} and @${wanted} (${wrong.length} such lines).`,
        ];
  });
}

function callers(root: string): string[] {
  const folder = 'examples/workflows';
  const examples = existsSync(join(root, folder)) ? readdirSync(join(root, folder)) : [];
  return ['.github/workflows/deploy-ml-model.yml', ...examples.map((name) => `${folder}/${name}`)];
}
