import type { Platform } from '../../core/platform.ts';
import { deployMembers, requestOf, smokeMembers } from './inputs.ts';
import { azureMlRules } from './rules.ts';

/** Managed online endpoints of Azure Machine Learning. */
export const azureMl = {
  name: 'azure-ml',
  title: 'Azure ML',
  // Until the shared suite passes, no action takes the name.
  offered: false,
  cloud: 'azure',
  // Each request has a token of its own (src/clouds/azure/tokens.ts): no step has to sign in before.
  login: [],
  inputs: {
    group: { 'deploy-endpoint': deployMembers, 'smoke-test': smokeMembers },
    requestOf,
    reads: [],
    rules: azureMlRules,
  },
  image: { rules: null, provides: () => Promise.resolve(false) },
  archive: { findings: () => Promise.resolve([]) },
  // REC: a deployment took 9 min 42 s, its endpoint 90 s.
  traits: { pullsAgain: true, servesArchives: false, changeMs: 3_600_000 },
  open: async (wishes, host) => (await import('./open.ts')).open(wishes, host),
} as const satisfies Platform<'azure-ml'>;
