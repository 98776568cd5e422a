/**
 * What two sources of AWS's own say about its serving images, each in its own terms, read in November 2026:
 * - the SageMaker Python SDK, which builds a tag from such facts: PyPI's sagemaker-core 2.27.0
 *   (sagemaker/core/image_uri_config/<framework>.json, and for Graviton image_uris.py), the code of
 *   https://github.com/aws/sagemaker-python-sdk/tree/master/sagemaker-core;
 * - the projects that build and release the containers: the names of their release tags.
 */
import type { Processor } from '../../../../src/platforms/sagemaker/serving-images-data.ts';

/** What the SDK knows of an image: it joins version, processor, Python and container version by hyphens, where there are such. */
export interface SdkFacts {
  readonly repository: string;
  readonly processors: readonly Processor[];
  readonly python?: string;
  /** CUDA and system, by processor. */
  readonly container?: Readonly<Partial<Record<Processor, string>>>;
  /** huggingface only: the version of PyTorch. */
  readonly torch?: string;
}

const GPU_TOO: readonly Processor[] = ['cpu', 'gpu'];
const pytorch = (python: string): SdkFacts => ({
  ...{ repository: 'pytorch-inference', processors: GPU_TOO, python },
});
const tensorflow: SdkFacts = { repository: 'tensorflow-inference', processors: GPU_TOO };
const huggingface = (torch: string, python: string, cpu: string, gpu: string): SdkFacts => ({
  ...{
    repository: 'huggingface-pytorch-inference',
    processors: GPU_TOO,
    torch,
    python,
    container: { cpu, gpu },
  },
});
const sklearn: SdkFacts = { repository: 'sagemaker-scikit-learn', processors: ['cpu'], python: 'py3' };
/** It gives the versions after 1.0-1 no processor, so that none stands in their tags. */
const xgboost: SdkFacts = { repository: 'sagemaker-xgboost', processors: [] };

export const SDK: Readonly<Record<string, Readonly<Record<string, SdkFacts>>>> = {
  pytorch: {
    '1.12.1': pytorch('py38'),
    '1.13.1': pytorch('py39'),
    '2.0.1': pytorch('py310'),
    '2.1.0': pytorch('py310'),
    '2.2.0': pytorch('py310'),
    '2.3.0': pytorch('py311'),
    '2.4.0': pytorch('py311'),
    '2.5.1': pytorch('py311'),
    '2.6.0': pytorch('py312'),
  },
  tensorflow: {
    '2.8.4': tensorflow,
    '2.9.3': tensorflow,
    '2.10.1': tensorflow,
    '2.11.1': tensorflow,
    '2.12.1': tensorflow,
    '2.13.0': tensorflow,
    '2.14.1': tensorflow,
    '2.16.1': tensorflow,
    '2.18.0': tensorflow,
    '2.19.0': tensorflow,
  },
  huggingface: {
    '4.26.0': huggingface('1.13.1', 'py39', 'ubuntu20.04', 'cu117-ubuntu20.04'),
    '4.28.1': huggingface('2.0.0', 'py310', 'ubuntu20.04', 'cu118-ubuntu20.04'),
    '4.37.0': huggingface('2.1.0', 'py310', 'ubuntu22.04', 'cu118-ubuntu20.04'),
    '4.48.0': huggingface('2.3.0', 'py311', 'ubuntu22.04', 'cu121-ubuntu22.04'),
    '4.49.0': huggingface('2.6.0', 'py312', 'ubuntu22.04', 'cu124-ubuntu22.04'),
    '4.51.3': huggingface('2.6.0', 'py312', 'ubuntu22.04', 'cu124-ubuntu22.04'),
    '5.5.3': huggingface('2.6.0', 'py312', 'ubuntu22.04', 'cu124-ubuntu22.04'),
  },
  sklearn: {
    '0.23-1': sklearn,
    '1.0-1': sklearn,
    '1.2-1': sklearn,
    '1.4-2-py312': sklearn,
    '1.9-0': sklearn,
  },
  xgboost: {
    '1.0-1': { ...xgboost, processors: ['cpu'], python: 'py3' },
    '1.2-2': xgboost,
    '1.3-1': xgboost,
    '1.5-1': xgboost,
    '1.7-1': xgboost,
    '3.0-5': xgboost,
    '3.2-0': xgboost,
  },
};

/** The SDK's images for Graviton: `<repository>:<tag>`. */
export const SDK_ARM64: Readonly<Record<string, string>> = {
  'pytorch 2.6.0': 'pytorch-inference-arm64:2.6.0-cpu-py312-ubuntu22.04-sagemaker',
  'sklearn 1.0-1': 'sagemaker-scikit-learn:1.0-1-arm64-cpu-py3',
  'xgboost 1.3-1': 'sagemaker-xgboost:1.3-1-arm64',
  'xgboost 1.5-1': 'sagemaker-xgboost:1.5-1-arm64',
};

/**
 * Release tags of https://github.com/aws/deep-learning-containers (at e0ecedea), without the `v1.0-` before them: one of
 * each image's releases. Without `-cpu` or `-gpu` a release is of both.
 */
export const DLC_RELEASES: readonly string[] = [
  'pt-sagemaker-1.12.1-inf-py38',
  'pt-sagemaker-1.13.1-inf-cpu-py39',
  'pt-sagemaker-1.13.1-inf-gpu-py39',
  'pt-sagemaker-2.0.1-inf-cpu-py310',
  'pt-sagemaker-2.0.1-inf-gpu-py310',
  'pt-sagemaker-2.1.0-inf-py310',
  'pt-sagemaker-2.2.0-inf-py310',
  'pt-sagemaker-2.3.0-inf-py311',
  'pt-sagemaker-2.4.0-inf-py311',
  'pt-sagemaker-2.5.1-inf-py311',
  'pt-sagemaker-2.6.0-inf-py312',
  'pt-arm64-sagemaker-2.6.0-inf-cpu-py312',
  'tf-sagemaker-2.8.4-inf-py39',
  'tf-sagemaker-2.9.3-inf-cpu-py39',
  'tf-sagemaker-2.9.3-inf-gpu-py39',
  'tf-sagemaker-2.10.1-inf-py39',
  'tf-sagemaker-2.11.1-inf-py39',
  'tf-sagemaker-2.12.1-inf-py310',
  'tf-sagemaker-2.13.0-inf-py310',
  'tf-sagemaker-2.14.1-inf-py310',
  'tf-sagemaker-2.16.1-inf-py310',
  'tf-sagemaker-2.18.0-inf-py310',
  'tf-sagemaker-2.19.0-inf-py312',
  'tf-arm64-sagemaker-2.19.0-inf-cpu-py312',
  'hf-4.26.0-pt-1.13.1-inf-py39',
  'hf-4.28.1-pt-2.0.0-inf-py310',
  'hf-4.37.0-pt-2.1.0-inf-py310',
  'hf-4.48.0-pt-2.3.0-inf-py311',
  'hf-4.49.0-pt-2.6.0-inf-py312',
  'hf-4.51.3-pt-2.6.0-inf-cpu-py312',
  'hf-4.51.3-pt-2.6.0-inf-gpu-py312',
  'hf-5.5.3-pt-2.6.0-inf-py312',
];

/**
 * Releases of SageMaker's own containers and the commit of each: tags of
 * https://github.com/aws/sagemaker-scikit-learn-container and https://github.com/aws/sagemaker-xgboost-container.
 * The two newest were released by https://github.com/aws/deep-learning-containers: prod_image in
 * .github/config/image/{sklearn/sagemaker-1.9-0,xgboost/sagemaker}.yml at that commit.
 */
export const CONTAINER_RELEASES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  sklearn: {
    '0.23-1': 'd8760d810cd7cde4e17daefa36fb41ff4c2257b6',
    '1.0-1': '980f6d2be3ed595f26cf1df1e721fa6b7ecde553',
    '1.2-1': 'cd86eb2ccd71baccd306d21319cf338eca5fce20',
    '1.4-2-py312': '85e9fb98dd8ca73af7deecaf1ee1da2d0860dbb0',
    '1.9-0': 'e0ecedea6a1c56d6b5914f9cfb2fec5c548e67e0',
  },
  xgboost: {
    '1.0-1': '4a77d1df2b2441b5a6a753c50a5a9de9f3573262',
    '1.2-2': 'fc5a8ed9c5bf0997855482950275d3b0487c184d',
    '1.3-1': '9969a9d159386e11aa8950372ebb9f1b0d6c11a5',
    '1.5-1': 'c9fa83d90e6b20af756249ef416360efbebe33b4',
    '1.7-1': '6dcd442d6af7a67abc0ea5139e0e9c4326edd62b',
    '3.0-5': 'c988a0e56fa392ed34fa401812d29830e7049cce',
    '3.2-0': 'e0ecedea6a1c56d6b5914f9cfb2fec5c548e67e0',
  },
};

/** `<framework> <version> <processor>` of the images that one source alone knows by their tag; the table says so at each. */
export const ONE_SOURCE: ReadonlySet<string> = new Set([
  'tensorflow 2.19.0 cpu',
  'tensorflow 2.19.0 gpu',
  'tensorflow 2.19.0 arm64',
  'sklearn 1.0-1 arm64',
  'xgboost 1.3-1 arm64',
  'xgboost 1.5-1 arm64',
]);
