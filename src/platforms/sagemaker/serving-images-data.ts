/**
 * Where AWS keeps its serving images, and which there are. Facts, copied by hand from
 * - https://github.com/aws/deep-learning-containers/blob/main/docs/reference/region_availability.md (accounts),
 * - https://github.com/aws/deep-learning-containers/tree/main/docs/src/data (tags of the supported images; for scikit-learn
 *   without their ending, which prod_image in .github/config/image/sklearn has), and
 * - https://github.com/aws/sagemaker-python-sdk/tree/master/sagemaker-core/src/sagemaker/core/image_uri_config
 *   (tags of the older images; accounts in GovCloud and China),
 * all read in August 2026. A test holds each tag against two sources of AWS's that do not copy from each other. "One source"
 * below: only one of them knows it by this tag. A version or region that is newer: name the image itself in image-uri.
 */

/** Most regions share one account. */
const DLC = '763104351884';

/** Deep Learning Containers: pytorch, tensorflow, huggingface. */
export const DLC_ACCOUNTS: Readonly<Record<string, string>> = {
  'af-south-1': '626614931356',
  'ap-east-1': '871362719292',
  'ap-east-2': '975050140332',
  'ap-northeast-1': DLC,
  'ap-northeast-2': DLC,
  'ap-northeast-3': '364406365360',
  'ap-south-1': DLC,
  'ap-south-2': '772153158452',
  'ap-southeast-1': DLC,
  'ap-southeast-2': DLC,
  'ap-southeast-3': '907027046896',
  'ap-southeast-4': '457447274322',
  'ap-southeast-5': '550225433462',
  'ap-southeast-6': '633930458069',
  'ap-southeast-7': '590183813437',
  'ca-central-1': DLC,
  'ca-west-1': '204538143572',
  'cn-north-1': '727897471807',
  'cn-northwest-1': '727897471807',
  'eu-central-1': DLC,
  'eu-central-2': '380420809688',
  'eu-north-1': DLC,
  'eu-south-1': '692866216735',
  'eu-south-2': '503227376785',
  'eu-west-1': DLC,
  'eu-west-2': DLC,
  'eu-west-3': DLC,
  'il-central-1': '780543022126',
  'me-central-1': '914824155844',
  'me-south-1': '217643126080',
  'mx-central-1': '637423239942',
  'sa-east-1': DLC,
  'us-east-1': DLC,
  'us-east-2': DLC,
  'us-gov-east-1': '446045086412',
  'us-gov-west-1': '442386744353',
  'us-west-1': DLC,
  'us-west-2': DLC,
};

/** SageMaker's own algorithms: sklearn, xgboost. */
export const ALGORITHM_ACCOUNTS: Readonly<Record<string, string>> = {
  'af-south-1': '510948584623',
  'ap-east-1': '651117190479',
  'ap-northeast-1': '354813040037',
  'ap-northeast-2': '366743142698',
  'ap-northeast-3': '867004704886',
  'ap-south-1': '720646828776',
  'ap-south-2': '628508329040',
  'ap-southeast-1': '121021644041',
  'ap-southeast-2': '783357654285',
  'ap-southeast-3': '951798379941',
  'ap-southeast-4': '106583098589',
  'ca-central-1': '341280168497',
  'ca-west-1': '190319476487',
  'cn-north-1': '450853457545',
  'cn-northwest-1': '451049120500',
  'eu-central-1': '492215442770',
  'eu-central-2': '680994064768',
  'eu-north-1': '662702820516',
  'eu-south-1': '978288397137',
  'eu-south-2': '104374241257',
  'eu-west-1': '141502667606',
  'eu-west-2': '764974769150',
  'eu-west-3': '659782779980',
  'il-central-1': '898809789911',
  'me-central-1': '272398656194',
  'me-south-1': '801668240914',
  'sa-east-1': '737474898029',
  'us-east-1': '683313688378',
  'us-east-2': '257758044811',
  'us-gov-east-1': '237065988967',
  'us-gov-west-1': '414596584902',
  'us-west-1': '746614075791',
  'us-west-2': '246618743249',
};

/** What a machine computes with; it decides which image runs on it. */
export type Processor = 'cpu' | 'gpu' | 'arm64';

export interface Tagged {
  readonly repository: string;
  readonly tag: string;
}

/** A version of a framework and its images; a processor that is absent has none. */
export type Images = Readonly<Partial<Record<Processor, Tagged>>>;

const one = (repository: string, tag: string): Tagged => ({ repository, tag });
const both = (repository: string, tag: (processor: string) => string): Images => ({
  cpu: one(repository, tag('cpu')),
  gpu: one(repository, tag('gpu')),
});

const pytorch = (version: string, python: string) =>
  both('pytorch-inference', (processor) => `${version}-${processor}-${python}`);
const tensorflow = (version: string) =>
  both('tensorflow-inference', (processor) => `${version}-${processor}`);

/** `<pytorch>-transformers<transformers>-<processor>-<python>-[<cuda>-]<os>` */
const huggingface = (
  torch: string,
  transformers: string,
  python: string,
  cuda: string,
  os: { readonly cpu: string; readonly gpu: string },
): Images => {
  const stem = `${torch}-transformers${transformers}`;
  const repository = 'huggingface-pytorch-inference';
  return {
    cpu: one(repository, `${stem}-cpu-${python}-${os.cpu}`),
    gpu: one(repository, `${stem}-gpu-${python}-${cuda}-${os.gpu}`),
  };
};

const UBUNTU_20 = { cpu: 'ubuntu20.04', gpu: 'ubuntu20.04' };
const UBUNTU_22 = { cpu: 'ubuntu22.04', gpu: 'ubuntu22.04' };

const sklearn = (tag: string): Images => ({ cpu: one('sagemaker-scikit-learn', tag) });
const xgboost = (tag: string): Images => ({ cpu: one('sagemaker-xgboost', tag) });

export interface Framework {
  readonly accounts: Readonly<Record<string, string>>;
  /** What framework-version is the version of. */
  readonly versionOf: string;
  /** Oldest first. */
  readonly versions: Readonly<Record<string, Images>>;
}

export const FRAMEWORKS: Readonly<Record<string, Framework>> = {
  pytorch: {
    accounts: DLC_ACCOUNTS,
    versionOf: 'PyTorch',
    versions: {
      '1.12.1': pytorch('1.12.1', 'py38'),
      '1.13.1': pytorch('1.13.1', 'py39'),
      '2.0.1': pytorch('2.0.1', 'py310'),
      '2.1.0': pytorch('2.1.0', 'py310'),
      '2.2.0': pytorch('2.2.0', 'py310'),
      '2.3.0': pytorch('2.3.0', 'py311'),
      '2.4.0': pytorch('2.4.0', 'py311'),
      '2.5.1': pytorch('2.5.1', 'py311'),
      '2.6.0': {
        ...pytorch('2.6.0', 'py312'),
        arm64: one('pytorch-inference-arm64', '2.6.0-cpu-py312-ubuntu22.04-sagemaker'),
      },
    },
  },
  tensorflow: {
    accounts: DLC_ACCOUNTS,
    versionOf: 'TensorFlow',
    versions: {
      '2.8.4': tensorflow('2.8.4'),
      '2.9.3': tensorflow('2.9.3'),
      '2.10.1': tensorflow('2.10.1'),
      '2.11.1': tensorflow('2.11.1'),
      '2.12.1': tensorflow('2.12.1'),
      '2.13.0': tensorflow('2.13.0'),
      '2.14.1': tensorflow('2.14.1'),
      '2.16.1': tensorflow('2.16.1'),
      '2.18.0': tensorflow('2.18.0'),
      // One source: its project lists these; the SDK has `2.19.0-cpu` and `2.19.0-gpu`, and none for Graviton.
      '2.19.0': {
        cpu: one('tensorflow-inference', '2.19.0-cpu-py312-ubuntu22.04-sagemaker'),
        gpu: one('tensorflow-inference', '2.19.0-gpu-py312-cu122-ubuntu22.04-sagemaker'),
        arm64: one('tensorflow-inference-arm64', '2.19.0-cpu-py312-ubuntu22.04-sagemaker'),
      },
    },
  },
  huggingface: {
    accounts: DLC_ACCOUNTS,
    versionOf: 'Transformers',
    versions: {
      '4.26.0': huggingface('1.13.1', '4.26.0', 'py39', 'cu117', UBUNTU_20),
      '4.28.1': huggingface('2.0.0', '4.28.1', 'py310', 'cu118', UBUNTU_20),
      '4.37.0': huggingface('2.1.0', '4.37.0', 'py310', 'cu118', { cpu: 'ubuntu22.04', gpu: 'ubuntu20.04' }),
      '4.48.0': huggingface('2.3.0', '4.48.0', 'py311', 'cu121', UBUNTU_22),
      '4.49.0': huggingface('2.6.0', '4.49.0', 'py312', 'cu124', UBUNTU_22),
      '4.51.3': huggingface('2.6.0', '4.51.3', 'py312', 'cu124', UBUNTU_22),
      '5.5.3': huggingface('2.6.0', '5.5.3', 'py312', 'cu124', UBUNTU_22),
    },
  },
  sklearn: {
    accounts: ALGORITHM_ACCOUNTS,
    versionOf: 'the scikit-learn container',
    versions: {
      '0.23-1': sklearn('0.23-1-cpu-py3'),
      '1.0-1': {
        ...sklearn('1.0-1-cpu-py3'),
        // One source: the SDK.
        arm64: one('sagemaker-scikit-learn', '1.0-1-arm64-cpu-py3'),
      },
      '1.2-1': sklearn('1.2-1-cpu-py3'),
      '1.4-2-py312': sklearn('1.4-2-py312-cpu-py3'),
      '1.9-0': sklearn('1.9-0-cpu-py3'),
    },
  },
  xgboost: {
    accounts: ALGORITHM_ACCOUNTS,
    versionOf: 'the XGBoost container',
    versions: {
      '1.0-1': xgboost('1.0-1-cpu-py3'),
      '1.2-2': xgboost('1.2-2'),
      // The Graviton images, one source: the SDK.
      '1.3-1': { ...xgboost('1.3-1'), arm64: one('sagemaker-xgboost', '1.3-1-arm64') },
      '1.5-1': { ...xgboost('1.5-1'), arm64: one('sagemaker-xgboost', '1.5-1-arm64') },
      '1.7-1': xgboost('1.7-1'),
      '3.0-5': xgboost('3.0-5'),
      '3.2-0': xgboost('3.2-0'),
    },
  },
};
