import { awsInputs, commonInputs, defineAction } from '../../core/spec/action-spec.ts';
import { boolean, choice, list, map, secretMap, text } from '../../core/spec/input.ts';
import { imageTargets } from '../../platforms/image-targets.ts';

export const spec = defineAction({
  name: 'push-image',
  title: 'ml-deploy: push image',
  description:
    'Builds the serving image, pushes it, and checks in the registry that the platform accepts it.',
  branding: { icon: 'upload-cloud', color: 'purple' },
  post: false,
  inputs: {
    context: text({ description: 'The build context, a folder.', default: '.' }),
    dockerfile: text({ description: 'The Dockerfile. Default: `Dockerfile` in the context.' }),
    repository: text({
      description:
        'The repository: a name such as `churn-serving`, or a full name such as `registry.example.com/churn-serving`.',
      required: true,
    }),
    registry: text({
      description: 'The registry, such as `ghcr.io/acme`. Default: the ECR registry of the account.',
    }),
    'image-tags': list({
      description: 'Tags for the image in addition to its content tag, such as the release’s version.',
    }),
    platform: text({
      description: 'The platform that the image is built for.',
      default: 'linux/amd64',
      pattern: /^[a-z0-9]+\/[a-z0-9]+(\/[a-z0-9]+)?$/,
      form: 'a platform such as linux/amd64 or linux/arm64',
    }),
    'for-target': choice(imageTargets, {
      description: 'The platform that must accept the pushed manifest.',
      default: 'sagemaker',
    }),
    'build-args': map({
      description: 'Build arguments. They stay readable in the image: never put a secret here.',
    }),
    'build-secrets': secretMap({
      description: 'Build secrets (`RUN --mount=type=secret,id=name`); they leave no trace in the image.',
    }),
    'build-network': choice(['default', 'host', 'none'], {
      description: 'The network of the RUN steps; use `host` if the build needs a service on the runner.',
      default: 'default',
    }),
    'model-path': text({
      description:
        'The model to put into the image, for platforms that do not mount one (Lambda): a folder, an archive, or package-model’s model-data-url. The Dockerfile copies it: `COPY --from=model / /opt/ml/model/`.',
    }),
    'model-digest': text({
      description:
        'The digest of the model that the image is made for (package-model’s model-digest). The image gets it as the label `ml-deploy.model-digest`. With model-path: the digest that the model there must have.',
      pattern: /^[0-9a-f]{64}$/,
      form: 'a model digest, 64 hexadecimal digits',
    }),
    cache: choice(['none', 'registry', 'gha'], {
      description: 'Where to keep the layer cache.',
      default: 'none',
    }),
    'create-repository': boolean({
      description: 'Creates the ECR repository if it does not exist.',
      default: 'false',
    }),
    'if-exists': choice(['reuse', 'fail'], {
      description: 'What to do if an image with the same content already exists.',
      default: 'reuse',
    }),
    scan: choice(['off', 'report', 'block'], {
      description: 'Waits for the ECR scan and reports it, or blocks on it.',
      default: 'off',
    }),
    'scan-severity': choice(['CRITICAL', 'HIGH', 'MEDIUM', 'LOW'], {
      description: 'The lowest severity that blocks.',
      default: 'CRITICAL',
    }),
    tags: map({ description: 'Tags for a repository, set when it is created.' }),
    ...awsInputs,
    ...commonInputs,
  },
  outputs: {
    'image-uri': 'The image, pinned by digest: `registry/repository@sha256:…`.',
    'image-digest': 'The digest of the manifest that was pushed (`sha256:…`).',
    repository:
      'The repository, for use if the runner blanks an image-uri that contains a masked account id.',
    tag: 'The content tag of the image.',
    'media-type': 'The media type of the manifest, read back from the registry.',
    reused: '`true` if an image with the same content already existed, and nothing was built or pushed.',
    'scan-findings': 'JSON: number of findings by severity; empty if scan is off.',
  },
});
