/** Why something failed on Azure ML, and what to do. */
import { adviceOn, advised, type Advice, type Causes } from '../../deployment/advice.ts';
import type { Explained, Failure } from '../../deployment/port.ts';
import { textOf } from './log-tail.ts';
import type { Why } from './why.ts';

/** What helps when the quota is too small. */
export const MORE_CORES =
  'Ask for more cores of this family, name a smaller instance-type, or keep fewer versions.';

/** https://learn.microsoft.com/azure/machine-learning/how-to-troubleshoot-online-endpoints */
const CAUSES: Causes = [
  [/OutOfQuota|quota/i, { page: 'quota', advice: MORE_CORES }],
  [
    /OutOfCapacity|capacity/i,
    {
      page: 'no-capacity',
      advice: 'Azure has no such machine free in this region: try another instance-type.',
    },
  ],
  [
    /ImagePull|pull(?:ing)? (?:the )?image|ACR|AcrPull|ContainerRegistry/i,
    {
      page: 'image-pull',
      advice: 'Give the identity of the endpoint AcrPull on the registry of the image; see docs/azure-ml.md.',
    },
  ],
  [/OOMKilled|out of memory|MemoryError/i, { page: 'out-of-memory', advice: 'Name a larger instance-type.' }],
  [
    /ResourceNotReady|crashed|terminated|liveness|readiness|probe/i,
    {
      page: 'ping-health-check',
      advice: 'The container has to answer health-route on its port; see its last lines.',
    },
  ],
];

/** Of the container that fetches the model. */
const DOWNLOAD: Advice = {
  page: 'model-download',
  advice:
    'Give the identity of the endpoint Storage Blob Data Reader on the container of the model; see docs/azure-ml.md.',
};
const NOT_FETCHED = /error|exception|denied|AuthorizationPermissionMismatch|BlobNotFound|not found/i;

export function explain(
  { of }: Failure,
  { refusal, why }: { readonly refusal: string; readonly why: Why },
): Explained {
  const said = of === 'step' ? refusal : why.said;
  const { StorageInitializer: fetching = '', InferenceServer: serving = '' } = why.logs ?? {};
  const isFetched = serving !== '' || !NOT_FETCHED.test(fetching);
  const known = isFetched ? adviceOn(`${said}\n${serving}`, CAUSES) : DOWNLOAD;
  return advised(said, known, textOf(why.logs));
}
