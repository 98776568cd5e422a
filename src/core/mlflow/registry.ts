/** An MLflow registry, as far as a model is fetched from it. */
import type { RemoteFiles } from '../archive/remote-model.ts';
import type { MlflowModelUri } from './model-uri.ts';

/** Where an MLflow server is, and who asks it. */
export interface MlflowAccess {
  /** Without a slash at its end, and without a sign-in. */
  readonly trackingUri: string;
  /** null for a server that lets everybody in. */
  readonly signIn: MlflowSignIn | null;
}

export interface MlflowSignIn {
  readonly kind: 'token' | 'password';
  /** The header. */
  readonly authorization: string;
  /** The inputs or variables that it was made from, as users know them. */
  readonly from: readonly string[];
  /** What no log may show: the token, or the password and the text that it is sent in. */
  readonly secrets: readonly string[];
  /** Whether user and password are ASCII: for others, MLflow hands out no files. */
  readonly isAscii: boolean;
}

/** What the environment of a step says of MLflow; null for what it does not. The names are MLflow's own. */
export interface MlflowEnvironment {
  readonly trackingUri: string | null;
  readonly token: string | null;
  readonly username: string | null;
  readonly password: string | null;
}

/** What the server says of a model. */
export interface RegisteredModel {
  /** With its version, even if an alias was asked for: `models:/churn/3`. */
  readonly uri: string;
  /** That was asked for; null if a version was. */
  readonly alias: string | null;
  readonly runId: string | null;
  /** Of the model, or else of the run that logged it; by name. */
  readonly metrics: Readonly<Record<string, number>>;
  readonly files: ModelFiles;
}

/** Where the files of a model are. */
export type ModelFiles =
  /** Behind the server: its own URLs, which need its sign-in. */
  | { readonly kind: 'server'; readonly files: RemoteFiles }
  /** In an object store, which is read with the credentials of the job. */
  | { readonly kind: 'store'; readonly url: string }
  /** In a folder of this machine. */
  | { readonly kind: 'folder'; readonly path: string };

export type OpenMlflow = (access: MlflowAccess, model: MlflowModelUri) => Promise<RegisteredModel>;
