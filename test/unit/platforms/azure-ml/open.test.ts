/** The platform as an action opens it: by what the group says, and with the sign-in of the job. */
import { afterEach, beforeEach, expect, it } from 'vitest';
import { azureMl } from '../../../../src/platforms/azure-ml/platform.ts';
import { fakeSignIn } from '../../../fakes/azure/sign-in.ts';
import { fakeHost } from '../../../fakes/host.ts';
import { fakePorts } from '../../../fakes/ports.ts';
import { fakeToken, makeAzureMlBed, type AzureMlBed } from '../../../platforms/azure-ml-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';

const WISHES = { timeoutMs: 3_600_000, keepVersions: 3, environmentName: 'prod', region: null } as const;

let bed: AzureMlBed;
beforeEach(async () => {
  bed = await makeAzureMlBed({}, undefined, { listen: true });
});
afterEach(() => bed.dispose());

/** Whom `az login` has signed in. */
function hostAt(resourceManager: string) {
  const ports = fakePorts<never>();
  bed.azure.clock = () => ports.clock.now().getTime();
  const azure = fakeSignIn(
    { resourceManager },
    {
      az: { exitCode: 0, stdout: '', stderr: '' },
      exec: async (_, args) => {
        const accessToken = await fakeToken(args[args.indexOf('--scope') + 1] ?? '');
        return { exitCode: 0, stdout: JSON.stringify({ accessToken, expires_on: 4102444800 }), stderr: '' };
      },
    },
  );
  return fakeHost(ports, { azure });
}

it('releases, and asks what serves', async () => {
  const { subscription, resourceGroup, workspace } = bed.options.place;
  const group = { subscriptionId: subscription, resourceGroup, workspace };
  const target = await azureMl.open({ ...WISHES, group }, hostAt(bed.azure.url));
  const made = await target.deploy(await target.plan(bed.request('one')));
  expect(made.outcome, made.message).toBe('deployed');
  const invoker = await target.invoker(ENDPOINT, null);
  const answer = await invoker.invoke('{}', 'application/json', AbortSignal.timeout(200_000));
  expect(answer).toMatchObject({ status: 200, version: made.description.live?.version });
  expect(target.links(ENDPOINT)[0]?.url).toContain(workspace);
});

it('says what the group leaves out, before anything is asked', async () => {
  await expect(
    azureMl.open({ ...WISHES, group: { workspace: 'acme' } }, hostAt(bed.azure.url)),
  ).rejects.toThrow(/azure-ml: subscription-id: is required[^]*azure-ml: resource-group: is required/);
  expect(bed.azure.asked).toEqual([]);
});

it('sends no token where somebody could read it', async () => {
  const { subscription: subscriptionId, resourceGroup, workspace } = bed.options.place;
  const group = { subscriptionId, resourceGroup, workspace };
  await expect(azureMl.open({ ...WISHES, group }, hostAt('http://example.com'))).rejects.toThrow(
    /AZURE_RESOURCE_MANAGER_ENDPOINT: "http:\/\/example\.com" does not begin with https/,
  );
});
