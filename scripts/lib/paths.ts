import { fileURLToPath } from 'node:url';

/** An action's folder: those that only our reusable workflows call, by `$/`, are not part of what users see. */
export function actionFolder(name: string, isInternal: boolean): string {
  return isInternal ? `.github/actions/${name}` : `actions/${name}`;
}

/** The repository's root, without a slash at its end. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '');
