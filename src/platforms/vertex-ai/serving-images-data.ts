/**
 * Google's prebuilt serving images, and what each loads: facts, copied by hand in November 2026.
 * - Images: google/cloud/aiplatform/constants/prediction.py of google-cloud-aiplatform 2.7.0, the code of
 *   https://github.com/googleapis/python-aiplatform. A conformance test compares this list with the client's.
 * - Files: _SUPPORTED_MODEL_FILE_NAMES in google/cloud/aiplatform/models.py there; which framework each belongs to:
 *   https://docs.cloud.google.com/vertex-ai/docs/training/exporting-model-artifacts.
 * Google withdraws old images by a schedule; whether one is there still is asked of the registry. A version that is newer
 * than this list: build an image from Google's, and name it in image-uri.
 */

/** What a machine computes with; it decides which image runs on it. */
export type Processor = 'cpu' | 'gpu';

export interface Framework {
  /** What framework-version is the version of. */
  readonly versionOf: string;
  /** On PyPI. */
  readonly package: string;
  /** The name of an image before its version, by the processor; oldest version first. */
  readonly versions: Readonly<Record<string, Readonly<Partial<Record<Processor, string>>>>>;
  /** The image loads one of these, at the top of the model's folder. */
  readonly loads: readonly string[];
}

/** `sklearn-cpu.1-5`, such as `europe-docker.pkg.dev/vertex-ai/prediction/sklearn-cpu.1-5:latest` */
function images(stem: string, processors: readonly Processor[], ...versions: readonly string[]) {
  const named = (version: string) =>
    processors.map((processor) => [processor, `${stem}-${processor}.${version.replace('.', '-')}`]);
  return Object.fromEntries(
    versions.map((version) => [version, Object.fromEntries(named(version))]),
  ) as Framework['versions'];
}

const CPU: readonly Processor[] = ['cpu'];
const BOTH: readonly Processor[] = ['cpu', 'gpu'];

export const FRAMEWORKS: Readonly<Record<string, Framework>> = {
  sklearn: {
    versionOf: 'scikit-learn',
    package: 'scikit-learn',
    versions: images(
      'sklearn',
      CPU,
      '0.20',
      '0.22',
      '0.23',
      '0.24',
      '1.0',
      '1.2',
      '1.3',
      '1.4',
      '1.5',
      '1.6',
    ),
    loads: ['model.joblib', 'model.pkl'],
  },
  xgboost: {
    versionOf: 'XGBoost',
    package: 'xgboost',
    versions: images(
      ...(['xgboost', CPU] as const),
      ...['0.82', '0.90', '1.1', '1.2', '1.3', '1.4', '1.5', '1.6', '1.7', '2.0', '2.1'],
    ),
    loads: ['model.bst', 'model.joblib', 'model.pkl'],
  },
  tensorflow: {
    versionOf: 'TensorFlow',
    package: 'tensorflow',
    versions: {
      ...images('tf', BOTH, '1.15'),
      ...images(
        ...(['tf2', BOTH] as const),
        ...['2.1', '2.2', '2.3', '2.4', '2.5', '2.6', '2.7', '2.8', '2.9', '2.10', '2.11', '2.12', '2.13'],
        ...['2.14', '2.15'],
      ),
    },
    loads: ['saved_model.pb', 'saved_model.pbtxt'],
  },
  pytorch: {
    versionOf: 'PyTorch',
    package: 'torch',
    versions: images('pytorch', BOTH, '1.11', '1.12', '1.13', '2.0', '2.1', '2.2', '2.3', '2.4'),
    loads: ['model.mar'],
  },
};

/** Each has the same images: the parts of the world with a repository of their own. */
export const MULTI_REGIONS = ['us', 'europe', 'asia'] as const;
export type MultiRegion = (typeof MULTI_REGIONS)[number];
