import type { FailurePage } from '../core/failure-pages.ts';

/** Where the project is published, for a step that does not know where its action is from (`uses: ./…`). */
const PUBLISHED = 'org/ml-deploy';

/** The page as it is on the main branch of the repository that the action is from. */
export function failurePageUrl(page: FailurePage, env: NodeJS.ProcessEnv): string {
  return publishedFile(`docs/failures/${page}.md`, env);
}

/** A file of that repository, likewise. @param path from its top */
export function publishedFile(path: string, env: Readonly<Record<string, string | undefined>>): string {
  const from = env.GITHUB_ACTION_REPOSITORY ?? '';
  const repository = /^[\w.-]+\/[\w.-]+$/.test(from) ? from : PUBLISHED;
  return `https://github.com/${repository}/blob/main/${path}`;
}
