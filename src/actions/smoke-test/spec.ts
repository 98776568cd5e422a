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
import { STORE_URL } from '../../core/stores.ts';
import { platformNames } from '../../platforms/table.ts';

import { TASKS } from '../../core/smoke/quality/task.ts';

export const spec = defineAction({
  name: 'smoke-test',
  title: 'ml-deploy: smoke test',
  description: 'Checks that an endpoint predicts what the model predicts, and rolls it back if it does not.',
  branding: { icon: 'check-circle', color: 'purple' },
  post: false,
  instead: {
    'endpoint-url': ['target', 'endpoint-name', 'rollback-on-failure', 'rollback-on-latency'],
    'endpoint-name': ['endpoint-url'],
  },
  inputs: {
    subject: choice(['endpoint', 'model'], {
      description:
        'What is tested. `model`: only what the ONNX reference answers on the cases, on this machine, without an endpoint: a check before anything is deployed, and no parity check. The limits that labels are measured by apply; latency, probes and the rollback do not.',
      default: 'endpoint',
      belowActionOnly: true,
    }),
    release: text({
      description:
        'Subject model: the release record (path, URL, or digest in the artifact store) whose reference is tested, instead of model-path.',
      belowActionOnly: true,
    }),
    'artifact-store': text({
      description: 'Subject model: the artifact store of the release. Default: the one in the workspace.',
      ...STORE_URL,
    }),
    target: choice(platformNames, {
      description: 'The platform of endpoint-name; not needed with endpoint-url.',
    }),
    'endpoint-name': text({ description: 'The endpoint to test.' }),
    'endpoint-url': text({
      description:
        'Instead of endpoint-name: any URL that accepts POST requests. What ml-deploy.yml says of an endpoint and its rollback is then not used.',
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
      form: 'the name of an AWS service as used in signatures, such as execute-api',
    }),
    protocol: choice(['instances', 'v2', 'csv', 'raw'], {
      description:
        'The format of requests and answers: `{"instances": …}`, the V2 inference protocol (KServe, Triton), text/csv, or each case as a whole body. Default: `instances`; `v2` for ONNX test data.',
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
      description: 'The ONNX reference model. Default: the one that the tested release names.',
      belowActionOnly: true,
    }),
    'earlier-models': list({
      description:
        'ONNX models of earlier versions. If the answers are exactly theirs, a stale model is named as the cause.',
    }),
    cases: text({
      description:
        'The cases to send: JSON with `instances` and, if known, `labels` and `expected`; JSON Lines; CSV or TSV with a header; or a folder of ONNX test data (`test_data_set_0`, …). Default: seeded rows made from the ONNX reference’s signature.',
    }),
    'label-column': text({
      description: 'The column of the true labels, if the cases are CSV. Default: `label`.',
    }),
    'label-names': list({
      description:
        'The names of the labels 0, 1, …, in this order, if the cases use names and do not define them themselves (`label_names`).',
    }),
    'generated-rows': integer({
      description:
        'Sends this many seeded rows instead of the cases, each value within its range in the cases.',
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
        'Assigns fields of the answer to outputs of the reference: `probabilities=output_probability`. A field can be a JSONPath: `$.result[*].scores=probabilities`; an output can be one value of each row: `score=probabilities[1]`.',
    }),
    'min-accuracy': number({
      description: 'The lowest accuracy that passes, over cases with labels.',
      min: 0,
      max: 1,
    }),
    'max-accuracy-drop': number({
      description:
        'How far the accuracy can be below the reference’s over the same rows: 0.01 is one percentage point.',
      min: 0,
      max: 1,
    }),
    'min-f1': number({
      description:
        'The lowest F1 that passes: of class 1 if labels are 0 and 1, otherwise the mean over all classes.',
      min: 0,
      max: 1,
    }),
    'min-auc': number({
      description: 'The lowest area under the ROC curve that passes, for labels of two classes.',
      min: 0,
      max: 1,
    }),
    'max-mae': number({
      description: 'The largest mean absolute error that passes, over cases whose labels are numbers.',
      min: 0,
    }),
    'max-rmse': number({ description: 'The largest root mean squared error that passes.', min: 0 }),
    'min-r2': number({ description: 'The lowest R2 (coefficient of determination) that passes.', max: 1 }),
    task: choice(TASKS, {
      description:
        'What the labels are: classes, several classes per row, or numbers. Default: detected from the labels and the answers.',
    }),
    threshold: number({
      description:
        'The lowest score that counts as class 1, if the model answers one score per row. Default: 0.5, or 0 if scores are outside 0 to 1 (logits).',
    }),
    requests: integer({
      description: 'Requests for the latency figures. Default: as many as the cases need.',
      min: 1,
      max: 1_000_000,
    }),
    concurrency: integer({
      description: 'How many requests are sent at the same time.',
      default: '1',
      min: 1,
      max: 256,
    }),
    warmup: integer({
      description: 'How many requests are sent first and not counted.',
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
      description: 'Also sends malformed, empty and large bodies: to candidates only, always, or never.',
      default: 'candidate',
    }),
    'rollback-on-failure': boolean({
      description: 'Rolls the live endpoint back if the endpoint itself is at fault.',
      default: 'false',
    }),
    'rollback-on-latency': boolean({
      description: 'Also rolls back if only the latency is above its limit.',
      default: 'false',
    }),
    runtime: choice(['auto', 'native', 'wasm'], {
      description: 'Which ONNX Runtime runs the reference.',
      default: 'auto',
    }),
    'report-dir': text({
      description: 'The folder for the reports. Default: a folder in the runner’s temp folder.',
    }),
    ...groupsOf('smoke-test'),
    ...awsInputs,
    ...commonInputs,
  },
  outputs: {
    passed: '`true` if every check passed.',
    compared: 'How many values were compared with the reference.',
    mismatches: 'How many of them were outside the tolerance.',
    'max-abs-diff': 'The largest absolute difference; empty if nothing was compared.',
    accuracy:
      'Share of cases whose label the endpoint got right; empty if the cases have no labels, or numbers.',
    'p50-ms': 'Median latency in milliseconds (nearest rank, warm-up left out).',
    'p95-ms': '95th percentile of latency in milliseconds.',
    'p99-ms': '99th percentile of latency in milliseconds.',
    'error-rate': 'Share of requests that failed.',
    'rolled-back': '`true` if the endpoint was rolled back and read back: the old version serves.',
    'report-json': 'Path of the report as JSON.',
    'report-junit': 'Path of the report as JUnit XML.',
    'report-html': 'Path of the report as one HTML page.',
    'release-digest':
      'Digest of the release record with this test’s result; empty if the version has no record, or the test failed.',
  },
});
