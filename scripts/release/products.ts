/** What one version publishes: each action as a repository of its own, and all of them together as one. */
import { actionNames, layOut, layOutForServer, layOutOne } from '../release-tree.ts';
import type { Lay } from './commit.ts';
import { exactTag, type Version } from './version.ts';

/** A repository that gets a tree, an exact tag, an immutable release and then the tag of the major version. */
export interface Product {
  /** Its archives are `<name>-1.2.3.tar.gz`; the release is called `<name> 1.2.3`. */
  readonly name: string;
  /** owner/name on GitHub. */
  readonly repository: string;
  readonly lay: Lay;
  /** Further archives of the release, which no tag points to, by the part after the version in their names. */
  readonly editions: Readonly<Record<string, Lay>>;
}

/** All actions in one tree, with the reusable workflows and the edition for GitHub Enterprise Server. */
export function wholeProduct(repository: string, version: Version): Product {
  const at = `${repository}@${exactTag(version)}`;
  return {
    name: 'ml-deploy',
    repository,
    lay: layOut,
    editions: { server: (out) => layOutForServer(out, at) },
  };
}

/** One product for each action. @param owner whose repositories are called like the actions */
export function singleProducts(owner: string): Product[] {
  return actionNames().map((name) => ({
    name,
    repository: `${owner}/${name}`,
    lay: (out) => layOutOne(name, out),
    editions: {},
  }));
}
