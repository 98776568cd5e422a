/** What can be said of the inputs without reading a file. */
import type { Problem } from '../../core/errors.ts';
import { platformNames } from '../../platforms/table.ts';
import type { Inputs } from './inputs.ts';

type Add = (where: string, message: string, fix: string) => void;

export function inputProblems(inputs: Inputs): Problem[] {
  const problems: Problem[] = [];
  const add: Add = (where, message, fix) => problems.push({ where, message, fix });
  if (inputs.subject === 'model') checkModel(inputs, add);
  else {
    checkGoal(inputs, add);
    if (inputs.endpointUrl === null) checkAccess(inputs, add);
    else checkUrl(inputs, inputs.endpointUrl, add);
  }
  checkReference(inputs, add);
  checkProtocol(inputs, add);
  checkLabels(inputs, add);
  checkAccuracy(inputs, add);
  return problems;
}

/** What ml-deploy.yml says of an endpoint is not used. */
function checkModel({ release, modelPath }: Inputs, add: Add): void {
  if (release === null && modelPath === null)
    add('release', 'is missing, and so is model-path: there is no model to test.', 'Set one of them.');
}

function checkGoal(inputs: Inputs, add: Add): void {
  const { target, endpointName, endpointUrl, candidateName, rollbackOnFailure } = inputs;
  if (endpointName === null && endpointUrl === null) {
    add('endpoint-name', 'is missing, and so is endpoint-url.', 'Set one of them.');
  }
  if (endpointName !== null && endpointUrl !== null) {
    add('endpoint-name', `"${endpointName}" and endpoint-url are both set.`, 'Set only one of them.');
  }
  if (endpointName !== null && target === null) {
    add(
      'target',
      `is needed for endpoint-name "${endpointName}".`,
      `Set it to one of ${platformNames.join(', ')}.`,
    );
  }
  if (candidateName !== null && rollbackOnFailure) {
    add(
      'rollback-on-failure',
      `cannot be used with candidate-name "${candidateName}": a candidate has no traffic, so there is nothing to roll back.`,
      'Discard a candidate that fails with deploy-endpoint, command: discard.',
    );
  }
  if (inputs.rollbackOnLatency && !rollbackOnFailure) {
    add('rollback-on-latency', 'does nothing without rollback-on-failure.', 'Set both, or neither.');
  }
}

function checkUrl(
  { candidateName, rollbackOnFailure, bearerToken, sigv4Service }: Inputs,
  url: string,
  add: Add,
): void {
  const fix = 'Use target and endpoint-name instead of endpoint-url.';
  if (rollbackOnFailure) {
    add('rollback-on-failure', 'cannot be used with endpoint-url: a URL has no versions.', fix);
  }
  if (candidateName !== null) add('candidate-name', 'cannot be used with endpoint-url.', fix);
  if (bearerToken !== null && sigv4Service !== null) {
    add('bearer-token', 'and sigv4-service are two ways to sign in.', 'Set only one of them.');
  }
  const parsed = URL.canParse(url) ? new URL(url) : null;
  if (parsed === null) {
    add('endpoint-url', 'is not a valid URL.', 'Give such as https://host/path.');
  } else if (parsed.username !== '' || parsed.password !== '') {
    const message = 'contains a user name or a password, which would appear in logs.';
    add('endpoint-url', message, 'Take them out of the URL; bearer-token and request-headers are masked.');
  }
}

function checkAccess({ requestHeaders, bearerToken, sigv4Service }: Inputs, add: Add): void {
  const given = {
    'request-headers': requestHeaders,
    'bearer-token': bearerToken,
    'sigv4-service': sigv4Service,
  };
  for (const [name, value] of Object.entries(given)) {
    if (value !== null) add(name, 'is for endpoint-url only.', 'Remove it: a target has its own sign-in.');
  }
}

function checkReference(inputs: Inputs, add: Add): void {
  const { subject, reference, modelPath, endpointUrl, candidateName, cases, outputMap } = inputs;
  if (subject === 'endpoint' && reference === 'onnx' && modelPath === null && endpointUrl !== null) {
    add(
      'model-path',
      'is missing: a URL has no release, so there is nothing to compare with.',
      'Set model-path, or reference: none for a health check only.',
    );
  }
  if (reference !== 'onnx' && modelPath !== null) {
    add('model-path', `"${modelPath}" is not used with reference: ${reference}.`, 'Remove one of them.');
  }
  if (reference === 'endpoint' && candidateName === null && subject === 'endpoint') {
    add(
      'reference',
      '"endpoint" compares a candidate with the live version, and candidate-name is missing.',
      'Set candidate-name, or another reference.',
    );
  }
  if (reference !== 'onnx' && cases === null) {
    add(
      'cases',
      `is required with reference: ${reference}; rows can be generated only from an ONNX reference.`,
      'Give a file of cases.',
    );
  }
  if (reference === 'none' && outputMap !== null) {
    add('output-map', 'is not used with reference: none.', 'Remove one of them.');
  }
}

function checkProtocol(inputs: Inputs, add: Add): void {
  const { protocol, reference, contentType, generatedRows, cases } = inputs;
  if (protocol === 'raw' && reference === 'onnx') {
    add(
      'protocol',
      '"raw" sends bodies that an ONNX reference cannot read.',
      'Set reference: recorded, reference: endpoint or reference: none.',
    );
  }
  if (contentType !== null && protocol !== 'raw') {
    add('content-type', `"${contentType}" is for protocol: raw only.`, 'Remove it, or set protocol: raw.');
  }
  if (generatedRows !== null && cases === null) {
    add('generated-rows', `of ${generatedRows} needs cases, whose ranges it keeps to.`, 'Set cases.');
  }
  if (generatedRows !== null && reference === 'recorded') {
    add(
      'generated-rows',
      'generates rows, for which nothing is recorded.',
      'Use reference: onnx, or remove it.',
    );
  }
}

function checkLabels({ labelColumn, labelNames, cases }: Inputs, add: Add): void {
  if (labelColumn !== null && !/\.(csv|tsv|tab)$/i.test(cases ?? '')) {
    const message = `"${labelColumn}" is a column of CSV, but cases ${cases === null ? 'is not set' : `"${cases}" is not CSV`}.`;
    add('label-column', message, 'Remove it: JSON has "labels", one for each row.');
  }
  if (labelNames !== null && cases === null) {
    add('label-names', 'is used for the labels of cases, and cases is not set.', 'Set cases, or remove it.');
  }
}

/** Limits that are measured by true labels. */
export function qualityLimits(inputs: Inputs): readonly (readonly [name: string, limit: number])[] {
  const { minAccuracy, maxAccuracyDrop, minF1, minAuc, maxMae, maxRmse, minR2 } = inputs;
  const all = {
    'min-accuracy': minAccuracy,
    'max-accuracy-drop': maxAccuracyDrop,
    'min-f1': minF1,
    'min-auc': minAuc,
    'max-mae': maxMae,
    'max-rmse': maxRmse,
    'min-r2': minR2,
  };
  return Object.entries(all).flatMap(([name, limit]) => (limit === null ? [] : [[name, limit] as const]));
}

function checkAccuracy(inputs: Inputs, add: Add): void {
  const { maxAccuracyDrop, reference, generatedRows, cases, threshold, task } = inputs;
  for (const [name, limit] of qualityLimits(inputs)) {
    if (cases === null || generatedRows !== null) {
      add(
        name,
        `of ${limit} needs cases with true labels.`,
        'Set cases to a file with "instances" and "labels", without generated-rows.',
      );
    }
  }
  if (maxAccuracyDrop !== null && reference === 'none') {
    add('max-accuracy-drop', 'is measured from a reference.', 'Set another reference than none.');
  }
  if (threshold !== null && task === 'regression') {
    add('threshold', `of ${threshold} is for scores, but task is regression.`, 'Set only one of them.');
  }
}
