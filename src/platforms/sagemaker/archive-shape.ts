/** How the files of a model are arranged, before any is read: in a folder too many, or as a repository of Triton. */
import { exclusionOfPath } from '../../core/archive/exclusions.ts';
import type { ContentTree } from '../../core/archive/content-tree.ts';
import type { ArchiveFinding } from '../../core/platform.ts';

export interface Layout {
  /** Those that belong to the model or its code: what an operating system left in an archive does not count. */
  readonly paths: readonly string[];
  /** As a container finds them, without those below code/: all that were packed. */
  readonly model: readonly string[];
  readonly has: (path: string) => boolean;
}

export function layoutOf(tree: ContentTree): Layout {
  const all = tree.map((file) => file.path);
  const set = new Set(all);
  return {
    paths: all.filter((path) => exclusionOfPath(path) !== 'clutter'),
    model: all.filter((path) => !path.startsWith('code/')),
    has: (path) => set.has(path),
  };
}

/** What Triton calls the file of a model, in a folder whose name is a version. */
const TRITON_MODEL = /^[^/]+\/\d+\/model\.(onnx|plan|pt|pt2|py|graphdef|xml|savedmodel\/.*)$/;

/**
 * A folder for each model, with config.pbtxt or numbered versions in it. SageMaker's Triton image takes
 * /opt/ml/model as its repository.
 * https://docs.nvidia.com/deeplearning/triton-inference-server/user-guide/docs/user_guide/model_repository.html
 */
export function isTritonRepository({ paths }: Layout): boolean {
  return paths.some((path) => /^[^/]+\/config\.pbtxt$/.test(path) || TRITON_MODEL.test(path));
}

/** The folder of one model was given, not the repository that it is in. */
export function tritonWithoutRepository({ has }: Layout): ArchiveFinding | null {
  if (!has('config.pbtxt')) return null;
  return {
    rule: 'triton-repository',
    message:
      '"config.pbtxt" is not in a folder: SageMaker\'s Triton image uses /opt/ml/model as the model repository, with one folder for each model, and would not find this one. Set model-path to the folder above, such as models for models/churn/config.pbtxt.',
  };
}

/** The one folder that holds everything; null if there is none, or if it means something. */
export function wrapperFinding({ paths }: Layout, ready: boolean): ArchiveFinding | null {
  const [first = '', ...others] = new Set(
    paths.map((path) => (path.includes('/') ? path.split('/')[0] : '')),
  );
  // TensorFlow Serving finds versions, which are folders with a number, at any depth: export/Servo/1 is as good as 1.
  const isVersioned = paths.some((path) => /(^|\/)\d+\/saved_model\.pb$/.test(path));
  if (first === '' || others.length > 0 || first === 'code' || /^\d+$/.test(first) || isVersioned)
    return null;
  const fix = ready ? 'Give an archive without it' : `Give model-path with "${first}" at its end`;
  return {
    rule: 'wrapper-folder',
    message:
      `Every file is in the folder "${first}", but serving containers look for the model outside that folder: ` +
      `SageMaker would unpack it to /opt/ml/model/${first} and not find it. ${fix} unless that is what you want.`,
  };
}
