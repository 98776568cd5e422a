/** What wrote a file of a model, as manifests and release records hold it. */
import { list, object, optional, text } from './shape.ts';

export interface Writer {
  /** The file that says so, such as `model.joblib` or `MLmodel`. */
  readonly path: string;
  /** By its name on PyPI. */
  readonly package: string;
  /** Such as `1.5.2`; of numpy the major version alone. */
  readonly version: string;
  /** The version that the model's own requirements.txt pins, such as `1.5.2`; absent if it pins none. */
  readonly pinned?: string;
}

export const writersShape = list(
  object<Writer>({ path: text, package: text, version: text, pinned: optional(text) }),
);
