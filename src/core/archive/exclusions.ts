/** What never goes into an archive, by its name. */

/** `clutter` changes without the model changing; a `secret` must not reach anybody who can read the archive. */
export type ExclusionReason = 'clutter' | 'secret';

export interface LeftOut {
  /** Relative to the model's root; a folder stands for everything in it. */
  readonly path: string;
  readonly reason: ExclusionReason;
}

/** Written in lower case: names are compared without regard to it. */
const CLUTTER = [
  // macOS: what Finder, tar and zip leave beside each file, and on each disk.
  /^\._/,
  /^__macosx$/,
  /^\.(ds_store|appledouble|lsoverride|spotlight-v100|trashes|fseventsd|temporaryitems|documentrevisions-v100)$/,
  // Windows and Linux.
  /^(ehthumbs(_vista)?|thumbs)\.db$/,
  /^(desktop\.ini|\$recycle\.bin|system volume information)$/,
  /^\.(directory|trash-\d+|nfs[0-9a-f]+|fuse_hidden[0-9a-f]+)$/,
  // Editors: swap files, backups, locks, settings.
  /\.sw[op]$/,
  /~$/,
  /^(#.*#|\.#.*)$/,
  /^\.(idea|vscode)$/,
  // Version control, Python and its tools. Hugging Face notes times of downloads in .cache.
  /^\.(git|svn|hg)$/,
  /^(__pycache__|\.ipynb_checkpoints|\.pytest_cache|\.mypy_cache|\.ruff_cache|\.cache|\.venv|\.tox)$/,
  /\.pyc$/,
  // What training leaves: lightning and Hugging Face's Trainer.
  /^checkpoints$/,
  /^checkpoint-\d+$/,
  /^\.ml-deploy$/,
];

/** By name alone; what only the content tells is in credentials.ts. */
const SECRETS = [
  /^\.env(\..+)?$/,
  /\.(p12|pfx|ppk|jks|keystore|kdbx|kubeconfig)$/,
  /^id_(rsa|dsa|ecdsa|ed25519)$/,
  /^\.(aws|azure|ssh|gnupg|kube|docker|dockercfg|netrc|pypirc|npmrc|pgpass|git-credentials|vault-token)$/,
  /^(_netrc|kubeconfig|legacy_credentials)$/,
  /^(credentials(\.json|\.db)?|access_tokens\.db|application_default_credentials\.json|gha-creds-.*\.json)$/,
];

/** One expression of all: each name of a hundred thousand files is asked. */
const anyOf = (patterns: readonly RegExp[]) => new RegExp(patterns.map(({ source }) => source).join('|'));
const ANY_SECRET = anyOf(SECRETS);
const ANY_CLUTTER = anyOf(CLUTTER);

/** Why a file or folder of this name is left out; null if it is not. */
export function exclusionOf(name: string): ExclusionReason | null {
  const lower = name.toLowerCase();
  if (ANY_SECRET.test(lower)) return 'secret';
  return ANY_CLUTTER.test(lower) ? 'clutter' : null;
}

/** The same for a path: the first of its names that is left out decides. */
export function exclusionOfPath(path: string): ExclusionReason | null {
  for (const name of path.split('/')) {
    const reason = exclusionOf(name);
    if (reason !== null) return reason;
  }
  return null;
}
