/**
 * The published names. Workflows and outside checks rely on them: a name may be added here, but none may go.
 */
const COMMON = ['environment', 'config-file', 'model-name'];

const words = (text: string): readonly string[] => text.trim().split(/\s+/);

export const INTERFACE: Readonly<
  Record<string, { inputs: readonly string[]; required: readonly string[]; outputs: readonly string[] }>
> = {
  'package-model': {
    required: ['model-path'],
    inputs: [
      ...COMMON,
      ...words(`model-path code-path framework framework-version allow-imports destination compression kms-key-id
        model-package-group tags aws-region`),
    ],
    outputs: words(`model-data-url model-digest model-sha256 archive-bytes manifest-path signature reused
      model-package-arn`),
  },
  'push-image': {
    required: ['repository'],
    inputs: [
      ...COMMON,
      ...words(`context dockerfile repository registry image-tags platform for-target build-args build-secrets cache
        create-repository if-exists scan scan-severity tags aws-region`),
    ],
    outputs: words('image-uri image-digest repository tag media-type reused scan-findings'),
  },
  'deploy-endpoint': {
    required: ['target', 'endpoint-name'],
    inputs: [
      ...COMMON,
      ...words(`command target endpoint-name aws-account-id release model-data-url image-uri
        framework framework-version execution-role-arn instance-type initial-instance-count
        environment-variables vpc-subnets vpc-security-groups
        kms-key-id startup-timeout autoscaling min-capacity
        max-capacity strategy step-percent
        bake-minutes alarms staging adopt approved-plan to-version confirm timeout-minutes keep-versions tags token
        aws-region local sagemaker terraform`),
    ],
    outputs: words(`outcome endpoint-name endpoint-arn endpoint-url plan-digest plan-path cost candidate-name
      running-version previous-version terraform-tfvars release-record release-digest`),
  },
  'smoke-test': {
    required: [],
    inputs: [
      ...COMMON,
      ...words(`subject release artifact-store target endpoint-name endpoint-url candidate-name reference model-path cases rtol atol output-map
        min-accuracy requests concurrency warmup max-p50-ms max-p95-ms max-p99-ms max-error-rate probes
        rollback-on-failure runtime report-dir aws-region sagemaker`),
    ],
    outputs:
      words(`passed compared mismatches max-abs-diff accuracy p50-ms p95-ms p99-ms error-rate rolled-back
      report-json report-junit report-html`),
  },
  'approve-gate': {
    required: [],
    inputs: [
      ...COMMON,
      ...words(`mode approvers minimum-approvals exclude-initiator plan-path report-path token timeout-minutes
        reminder-minutes poll-seconds approve-words deny-words issue-title labels issue-number requester
        deployment-id result endpoint-url document-path document-kind document-name document-key approved-plan`),
    ],
    outputs: words(`status approved-by approved-plan approved-plan-json plan-digest endpoint-name target
      environment-name commit model-digest model-data-url reference-url image-digest image-uri release-digest
      issue-number issue-url deployment-id`),
  },
  'notify-slack': {
    required: [],
    inputs: [
      ...COMMON,
      ...words(
        `status needs steps report-path details webhook-url token channel message-ts title fields
         mention-on-failure user-map on-error`,
      ),
    ],
    outputs: words('delivered ts channel permalink'),
  },
};
