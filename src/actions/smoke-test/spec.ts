import { awsInputs, commonInputs, defineAction } from '../../core/spec/action-spec.ts';
import { boolean, choice, integer, map, number, text } from '../../core/spec/input.ts';

export const spec = defineAction({
  name: 'smoke-test',
  title: 'ml-deploy: smoke test',
  description:
    'Proves that an endpoint predicts what the model predicts, and rolls it back where it does not.',
  branding: { icon: 'check-circle', color: 'purple' },
  post: false,
  inputs: {
    target: choice(['sagemaker', 'local'], {
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
    reference: choice(['onnx', 'recorded', 'endpoint', 'none'], {
      description:
        'What answers are compared with: an ONNX model, expectations recorded in the cases, the live version (for a candidate), or nothing (health only).',
      default: 'onnx',
    }),
    'model-path': text({
      description: 'The ONNX reference model. Default: the one that the release under test names.',
    }),
    cases: text({
      description:
        'The cases to send: JSON with `instances` and, where known, `labels` and `expected`; JSON Lines; or CSV with a header. Default: seeded rows made from the ONNX reference’s signature.',
    }),
    rtol: number({ description: 'Relative tolerance.', default: '1e-4', min: 0, max: 1 }),
    atol: number({ description: 'Absolute tolerance.', default: '1e-5', min: 0 }),
    'output-map': map({
      description:
        'Which field of the answer is which output of the reference: `probabilities=output_probability`.',
    }),
    'min-accuracy': number({
      description: 'The lowest accuracy that passes, over cases with labels.',
      min: 0,
      max: 1,
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
      description: 'Rolls the live endpoint back where the test fails.',
      default: 'false',
    }),
    runtime: choice(['auto', 'native', 'wasm'], {
      description: 'Which ONNX Runtime runs the reference.',
      default: 'auto',
    }),
    'report-dir': text({
      description: 'Where the reports go. Default: a folder in the runner’s temp folder.',
    }),
    ...awsInputs,
    ...commonInputs,
  },
  outputs: {
    passed: '`true` where everything that was asked for holds.',
    compared: 'How many values were compared with the reference.',
    mismatches: 'How many of them were outside the tolerance.',
    'max-abs-diff': 'The largest absolute difference; empty where nothing was compared.',
    accuracy: 'Share of cases whose label the endpoint got right; empty where the cases have no labels.',
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
