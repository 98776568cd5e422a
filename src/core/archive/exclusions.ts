/** What never goes into an archive, by its name. */

/** `clutter` changes without the model changing; a `secret` must not reach whoever may read the archive. */
export type ExclusionReason = 'clutter' | 'secret';

export interface LeftOut {
  /** Relative to the model's root; a folder stands for everything in it. */
  readonly path: string;
  readonly reason: ExclusionReason;
}

const CLUTTER = [
  /^__pycache__$/,
  /^\.git$/,
  /^\.ipynb_checkpoints$/,
  // What training leaves: lightning and Hugging Face's Trainer.
  /^checkpoints$/,
  /^checkpoint-\d+$/,
  /\.pyc$/,
  /^\.ds_store$/,
  /^\.ml-deploy$/,
];

const SECRETS = [
  /^\.env(\..+)?$/,
  /\.(pem|key|p12|pfx)$/,
  /^id_(rsa|dsa|ecdsa|ed25519)$/,
  /^\.(aws|azure|ssh|gnupg|kube|docker|netrc|pypirc|npmrc|pgpass|git-credentials)$/,
  /^credentials(\.json)?$/,
];

/** Why a file or folder of this name is left out; null where it is not. */
export function exclusionOf(name: string): ExclusionReason | null {
  const lower = name.toLowerCase();
  if (SECRETS.some((pattern) => pattern.test(lower))) return 'secret';
  if (CLUTTER.some((pattern) => pattern.test(lower))) return 'clutter';
  return null;
}

/** The same for a path: the first of its names that is left out decides. */
export function exclusionOfPath(path: string): ExclusionReason | null {
  for (const name of path.split('/')) {
    const reason = exclusionOf(name);
    if (reason !== null) return reason;
  }
  return null;
}
