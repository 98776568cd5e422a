import type { Platform } from '../../core/platform.ts';
import { deployMembers, requestOf, smokeMembers } from './inputs.ts';
import { TARGET, TITLE } from './options.ts';
import { azureMlRules } from './rules.ts';

/** Managed online endpoints of Azure Machine Learning. */
export const azureMl = {
  name: TARGET,
  title: TITLE,
  offered: true,
  cloud: 'azure',
  // Each request has its own token (src/clouds/azure/tokens.ts): no step has to sign in before.
  login: [],
  inputs: {
    group: { 'deploy-endpoint': deployMembers, 'smoke-test': smokeMembers },
    requestOf,
    reads: [
      'instance-type',
      'initial-instance-count',
      'autoscaling',
      'min-capacity',
      'max-capacity',
      'environment-variables',
      'strategy',
      'step-percent',
      'bake-minutes',
      'adopt',
      'tags',
    ],
    rules: azureMlRules,
  },
  image: { rules: null, provides: () => Promise.resolve(false) },
  archive: {
    findings: () => Promise.resolve([]),
    readFrom: {
      kind: 'azure-blob',
      title: 'Azure Blob',
      form: 'https://account.blob.core.windows.net/container/prefix',
    },
  },
  // REC: a deployment took 9 min 42 s, its endpoint 90 s.
  traits: { pullsAgain: true, servesArchives: false, changeMs: 3_600_000 },
  open: async (wishes, host) => (await import('./open.ts')).open(wishes, host),
} as const satisfies Platform<'azure-ml'>;
