import { awsInputs, commonInputs, defineAction } from '../../core/spec/action-spec.ts';
import { choice, list, map, secret, text } from '../../core/spec/input.ts';
import { STORE_URL } from '../../core/stores.ts';

export const spec = defineAction({
  name: 'package-model',
  title: 'ml-deploy: package model',
  description:
    'Packs a trained model into a content-addressed archive and stores it once in the artifact store.',
  branding: { icon: 'package', color: 'purple' },
  post: false,
  toleratesConfig: 'combinations',
  inputs: {
    'model-path': text({
      description:
        "The trained model: a file, a folder, an s3://, gs:// or Azure Blob URL (a training job's model.tar.gz, one object, or everything below a prefix), or a model of MLflow (`models:/churn/3`, `models:/churn@champion`).",
      required: true,
    }),
    'code-path': text({
      description:
        'A folder with inference code; its content goes to `code/` in the archive, where SageMaker looks for it.',
    }),
    'reference-path': text({
      description:
        'The ONNX model that smoke-test compares predictions with. Default: the model itself, if it is one ONNX file.',
    }),
    framework: choice(
      ['auto', 'onnx', 'sklearn', 'pytorch', 'tensorflow', 'xgboost', 'huggingface', 'custom'],
      {
        description: 'The library that the model was made with; `auto` detects it from the files.',
        default: 'auto',
      },
    ),
    'framework-version': text({
      description:
        'The version of the framework, such as `1.4.2`, for the manifest. Default: the version in a scikit-learn pickle, config.json, MLmodel or requirements.txt.',
      belowActionOnly: true,
    }),
    'allow-imports': list({
      description:
        'Names or modules, such as `operator.attrgetter` or `socket`, that a pickle can import although models rarely need them. Pickles are read without being loaded. One that would start programs, open files or run text is refused.',
      belowActionOnly: true,
    }),
    'signature-bundle': text({
      description:
        'An OpenSSF Model Signing signature (`model.sig`) that the model must match: every signed file unchanged, and no other files. Set signature-key, or signature-identity, signature-issuer and signature-trusted-root.',
      belowActionOnly: true,
    }),
    'signature-key': text({
      description: 'The public key of the required signature, a PEM file.',
      belowActionOnly: true,
    }),
    'signature-identity': text({
      description:
        'The required signer, as the certificate names it: an e-mail address, or a workflow such as `https://github.com/acme/churn/.github/workflows/train.yml@refs/heads/main`.',
      belowActionOnly: true,
    }),
    'signature-issuer': text({
      description:
        'Who vouches for signature-identity, such as `https://token.actions.githubusercontent.com`.',
      belowActionOnly: true,
    }),
    'signature-trusted-root': text({
      description:
        'The trusted_root.json of the Sigstore instance, a file: nothing is downloaded. https://docs.sigstore.dev/cosign/system_config/custom_components/ says where it comes from.',
      belowActionOnly: true,
    }),
    'mlflow-tracking-uri': text({
      description:
        'The MLflow server that `models:/…` is asked of: its address, without a password. Default: `MLFLOW_TRACKING_URI`.',
    }),
    'mlflow-token': secret({
      description:
        'The token for that server. Default: `MLFLOW_TRACKING_USERNAME` and `MLFLOW_TRACKING_PASSWORD`, else `MLFLOW_TRACKING_TOKEN`.',
    }),
    destination: text({
      description:
        'The artifact store: `file:///folder`, `s3://bucket/prefix`, `gs://bucket/prefix` or `https://account.blob.core.windows.net/container/prefix`. Default: `.ml-deploy/store` in the workspace.',
      ...STORE_URL,
    }),
    compression: choice(['gzip', 'none'], {
      description:
        'How the model is stored. `gzip`: one archive. `none`: separate files in S3, which SageMaker downloads faster (CompressionType None), in Cloud Storage and in Azure Blob; one plain `model.tar` in a folder.',
      default: 'gzip',
    }),
    'kms-key-id': text({
      description:
        'The KMS key that encrypts the objects in S3. Default: the bucket’s own encryption. A plain key in ml-deploy.yml also applies to the storage of instances (deploy-endpoint).',
    }),
    'model-package-group': text({
      description:
        'Registers the model in this group of the SageMaker Model Registry, which is created if it does not exist.',
    }),
    tags: map({
      description: 'Tags for cloud resources, set when they are created: the objects in S3 and a new group.',
    }),
    ...awsInputs,
    ...commonInputs,
  },
  outputs: {
    'model-data-url':
      'URL of the archive in the artifact store, or of the folder of files (ending in a slash).',
    'model-digest':
      'sha256 of the content (names, modes and bytes of the files), the same whatever the compression.',
    'model-sha256': "sha256 of the archive's bytes; the model-digest if the files are stored separately.",
    'archive-bytes': "The archive's size in bytes, or that of all files.",
    'manifest-path': 'Path of the content manifest (JSON): each file with its size and sha256.',
    signature:
      'JSON: names, types and shapes of the inputs and outputs of an ONNX model; empty for any other.',
    reused: '`true` if the store already had the same content, and nothing was packed or written.',
    'model-package-arn': 'ARN in the SageMaker Model Registry; empty if model-package-group is not set.',
    'reference-digest': 'sha256 of the ONNX reference model; empty if there is none.',
    'reference-url': 'URL of the ONNX reference model in the artifact store; empty if there is none.',
    'release-record': 'Path or URL of the release record: what was packed, from which commit, by which run.',
    'release-digest': 'Digest of the release record.',
  },
});
