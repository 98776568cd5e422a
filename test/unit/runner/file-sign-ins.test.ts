/** Who a run is at the clouds: ml-deploy.yml says it where the job does not. */
import { expect, test } from 'vitest';
import { Redactor } from '../../../src/core/redaction/redactor.ts';
import { signInsIn, signInsOf, withSignIns } from '../../../src/runner/file-sign-ins.ts';
import { createToolbox } from '../../../src/runner/toolbox.ts';

const SAID: Readonly<Record<string, string>> = {
  'azure-client-id': 'client-of-the-file',
  'azure-tenant-id': 'tenant-of-the-file',
  'gcp-workload-identity-provider': 'provider-of-the-file',
  'gcp-service-account': 'account-of-the-file',
};
const ofFile = signInsOf((key) => SAID[key] ?? null);
const settingsOf = (env: Record<string, string>) => createToolbox(env, new Redactor()).settings;

function whoIs(env: Record<string, string>, said = ofFile) {
  const { azure, google } = withSignIns(settingsOf(env), said);
  return [azure.clientId, azure.tenantId, google.workloadIdentityProvider, google.serviceAccount];
}

test('the file says it where the job says nothing', () => {
  expect(whoIs({})).toEqual(Object.values(SAID));
  expect(whoIs({}, {})).toEqual([null, null, null, null]);
});

test('what the job says is not mixed with the file', () => {
  expect(whoIs({ AZURE_CLIENT_ID: 'a' })).toEqual(['a', null, ...Object.values(SAID).slice(2)]);
  const provider = { ML_DEPLOY_GCP_WORKLOAD_IDENTITY_PROVIDER: 'p' };
  expect(whoIs(provider)).toEqual([...Object.values(SAID).slice(0, 2), 'p', null]);
});

test('a post step has what its step left', () => {
  expect(signInsIn(JSON.stringify(ofFile))).toEqual(ofFile);
  expect(signInsIn('')).toEqual({});
  expect(signInsIn('[]')).toEqual({});
});

test('the other settings stay as they are', () => {
  const settings = settingsOf({
    GOOGLE_CLOUD_PROJECT: 'acme',
    AZURE_CLIENT_SECRET: 's',
    AWS_REGION: 'eu-west-1',
  });
  const told = withSignIns(settings, ofFile);
  expect(told.google.project).toBe('acme');
  expect(told.azure.clientSecret).toBe('s');
  expect(told.awsRegion).toBe('eu-west-1');
});
