/**
 * A model of an MLflow registry, as MLflow itself names it.
 * https://mlflow.org/docs/latest/ml/model-registry/#fetch-an-mlflow-model-by-alias
 */

/** What `models:/…` names. */
export type MlflowModelUri =
  | { readonly kind: 'version'; readonly name: string; readonly version: string }
  | { readonly kind: 'alias'; readonly name: string; readonly alias: string }
  /** A logged model of MLflow 3, which needs no registry. */
  | { readonly kind: 'logged'; readonly id: string };

export type ReadUri = { readonly uri: MlflowModelUri } | { readonly message: string; readonly fix: string };

/** Whether a location is one of MLflow's, well formed or not. */
export function isMlflowUri(location: string): boolean {
  return /^(models|runs|mlflow-artifacts):/i.test(location);
}

const FORM = 'Name a version, such as models:/churn/3, or an alias, such as models:/churn@champion.';
/** MLflow refuses slashes and colons in names, and takes every other character. */
const NAME = String.raw`[^/:@?#\s\\][^/:@?#\\]{0,254}`;
const VERSION = new RegExp(`^models:/(${NAME})/([1-9]\\d{0,9})$`);
const ALIAS = new RegExp(`^models:/(${NAME})@([A-Za-z0-9_-]{1,255})$`);
const LOGGED = /^models:\/(m-[0-9a-f]{32})$/;

/** Without asking anybody. @returns what is wrong, the rest of a sentence that begins with the location */
export function readMlflowUri(location: string): ReadUri {
  const [, name = '', version] = VERSION.exec(location) ?? [];
  if (version !== undefined) return { uri: { kind: 'version', name, version } };
  const [, named = '', alias] = ALIAS.exec(location) ?? [];
  if (alias !== undefined) return { uri: { kind: 'alias', name: named, alias } };
  const id = LOGGED.exec(location)?.[1];
  if (id !== undefined) return { uri: { kind: 'logged', id } };
  return { message: whyWrong(location), fix: FORM };
}

function whyWrong(location: string): string {
  if (!/^models:/i.test(location))
    return 'is not a registered model, so nobody can say later which one it was.';
  if (location.startsWith('models:///') || location.startsWith('models://')) return 'has too many slashes.';
  if (/\/latest$/i.test(location)) return 'would be another model tomorrow.';
  if (/\/(None|Staging|Production|Archived)$/i.test(location))
    return 'names a stage, which MLflow has replaced by aliases.';
  if (/^models:\/[^/@]+$/.test(location)) return 'names no version and no alias.';
  return 'is not a valid name of a model in MLflow.';
}
