import { awsInputs, commonInputs, defineAction } from '../../core/spec/action-spec.ts';
import {
  boolean,
  choice,
  integer,
  list,
  map,
  number,
  secret,
  secretMap,
  text,
} from '../../core/spec/input.ts';
import { groupsOf } from '../../platforms/groups.ts';
import { platformNames } from '../../platforms/table.ts';

import { TASKS } from '../../core/smoke/quality/task.ts';

export const spec = defineAction({
  name: 'smoke-test',
  title: 'ml-deploy: smoke test',
  description:
    'Proves that an endpoint predicts what the model predicts, and rolls it back where it does not.',
  branding: { icon: 'check-circle', color: 'purple' },
  post: false,
  inputs: {
    target: choice(platformNames, {
      description: 'The platform of endpoint-name; not needed with endpoint-url.',
    }),
    'endpoint-name': text({ description: 'The endpoint to test.' }),
    'endpoint-url': text({
      description: 'Instead of endpoint-name: any URL that takes a POST.',
      pattern: /^https?:\/\/\S+$/,
      form: 'an http:// or https:// URL',
    }),
    'candidate-name': text({
      description: 'Tests this candidate of the endpoint instead of the live version.',
    }),
    'request-headers': secretMap({
      description: 'Headers for endpoint-url, such as `x-api-key=…`. Their values are masked.',
    }),
    'bearer-token': secret({ description: 'Sent to endpoint-url as `Authorization: Bearer …`.' }),
    'sigv4-service': text({
      description:
        'Signs requests to endpoint-url with the AWS credentials of the job (SigV4), for this service, such as `execute-api` or `lambda`.',
      pattern: /^[a-z0-9-]{1,63}$/,
      form: 'the name of an AWS service as it stands in signatures, such as execute-api',
    }),
    protocol: choice(['instances', 'v2', 'csv', 'raw'], {
      description:
        'What requests and answers look like: `{"instances": …}`, the V2 inference protocol (KServe, Triton), text/csv, or each case as a whole body. Default: `instances`; `v2` for ONNX test data.',
    }),
    'content-type': text({
      description:
        'The content type of `protocol: raw`. Default: application/json or application/octet-stream.',
    }),
    reference: choice(['onnx', 'recorded', 'endpoint', 'none'], {
      description:
        'What answers are compared with: an ONNX model, expectations recorded in the cases, the live version (for a candidate), or nothing (health only).',
      default: 'onnx',
    }),
    'model-path': text({
      description: 'The ONNX reference model. Default: the one that the release under test names.',
      belowActionOnly: true,
    }),
    'earlier-models': list({
      description:
        'ONNX models of earlier versions. Where the answers are exactly theirs, a stale model is named as the cause.',
    }),
    cases: text({
      description:
        'The cases to send: JSON with `instances` and, where known, `labels` and `expected`; JSON Lines; CSV or TSV with a header; or a folder of ONNX test data (`test_data_set_0`, …). Default: seeded rows made from the ONNX reference’s signature.',
    }),
    'label-column': text({
      description: 'The column of the true labels where the cases are CSV. Default: `label`.',
    }),
    'label-names': list({
      description:
        'What the labels 0, 1, … are called, in this order, where the cases name them and do not say it themselves (`label_names`).',
    }),
    'generated-rows': integer({
      description:
        'Sends this many seeded rows instead of the cases, each value within the range that it has there.',
      min: 1,
      max: 1_000_000,
    }),
    rtol: number({ description: 'Relative tolerance.', default: '1e-4', min: 0, max: 1 }),
    atol: number({ description: 'Absolute tolerance.', default: '1e-5', min: 0 }),
    'output-tolerances': map({
      description:
        'Tolerances for single outputs, by the name of the field or of the output: `probabilities=rtol 1e-3 atol 1e-6`.',
    }),
    'output-map': map({
      description:
        'Which field of the answer is which output of the reference: `probabilities=output_probability`. A field may be a JSONPath: `$.result[*].scores=probabilities`; an output may be one value of each row: `score=probabilities[1]`.',
    }),
    'min-accuracy': number({
      description: 'The lowest accuracy that passes, over cases with labels.',
      min: 0,
      max: 1,
    }),
    'max-accuracy-drop': number({
      description:
        'How far the accuracy may lie below the reference’s over the same rows, as a share: 0.01 is one point of a hundred.',
      min: 0,
      max: 1,
    }),
    'min-f1': number({
      description:
        'The lowest F1 that passes: of the class 1 where labels are 0 and 1, the mean over all classes otherwise.',
      min: 0,
      max: 1,
    }),
    'min-auc': number({
      description: 'The lowest area under the ROC curve that passes, for labels of two classes.',
      min: 0,
      max: 1,
    }),
    'max-mae': number({
      description: 'The largest mean absolute error that passes, over cases whose labels are true numbers.',
      min: 0,
    }),
    'max-rmse': number({ description: 'The largest root mean squared error that passes.', min: 0 }),
    'min-r2': number({ description: 'The lowest R2 (coefficient of determination) that passes.', max: 1 }),
    task: choice(TASKS, {
      description:
        'What the labels are: classes, several classes a row, or true numbers. Default: as the labels and the answers show.',
    }),
    threshold: number({
      description:
        'From which score on a row counts as class 1, where the model answers one score a row. Default: 0.5; 0 where scores lie outside 0 to 1 (logits).',
    }),
    requests: integer({
      description: 'Requests for the latency figures. Default: as many as the cases need.',
      min: 1,
      max: 1_000_000,
    }),
    concurrency: integer({ description: 'Requests under way at once.', default: '1', min: 1, max: 256 }),
    warmup: integer({
      description: 'Requests that are sent first and left out of the figures.',
      default: '3',
      min: 0,
      max: 1000,
    }),
    'max-p50-ms': number({ description: 'The highest median latency that passes.', min: 0 }),
    'max-p95-ms': number({ description: 'The highest 95th percentile of latency that passes.', min: 0 }),
    'max-p99-ms': number({ description: 'The highest 99th percentile of latency that passes.', min: 0 }),
    'max-error-rate': number({
      description: 'The largest share of failed requests that passes.',
      default: '0',
      min: 0,
      max: 1,
    }),
    probes: choice(['candidate', 'always', 'off'], {
      description: 'Sends malformed, empty and large bodies too: to candidates only, always, or never.',
      default: 'candidate',
    }),
    'rollback-on-failure': boolean({
      description: 'Rolls the live endpoint back if the endpoint itself is at fault.',
      default: 'false',
    }),
    'rollback-on-latency': boolean({
      description: 'Makes a latency above its limit a reason to roll back, too; alone it is none otherwise.',
      default: 'false',
    }),
    runtime: choice(['auto', 'native', 'wasm'], {
      description: 'Which ONNX Runtime runs the reference.',
      default: 'auto',
    }),
    'report-dir': text({
      description: 'Where the reports go. Default: a folder in the runner’s temp folder.',
    }),
    ...groupsOf('smoke-test'),
    ...awsInputs,
    ...commonInputs,
  },
  outputs: {
    passed: '`true` where everything that was asked for holds.',
    compared: 'How many values were compared with the reference.',
    mismatches: 'How many of them were outside the tolerance.',
    'max-abs-diff': 'The largest absolute difference; empty where nothing was compared.',
    accuracy:
      'Share of cases whose label the endpoint got right; empty where the cases have no labels, or true numbers.',
    'p50-ms': 'Median latency in milliseconds (nearest rank, warm-up left out).',
    'p95-ms': '95th percentile of latency in milliseconds.',
    'p99-ms': '99th percentile of latency in milliseconds.',
    'error-rate': 'Share of requests that failed.',
    'rolled-back': '`true` where the endpoint was rolled back and the old version was read back as serving.',
    'report-json': 'Path of the report as JSON.',
    'report-junit': 'Path of the report as JUnit XML.',
    'report-html': 'Path of the report as one HTML page.',
    'release-digest':
      'Digest of the release record that carries this test’s result; empty where the version has no record, or the test failed.',
  },
});
