import type { Platform } from '../../core/platform.ts';
import { deployMembers, requestOf, smokeMembers } from './inputs.ts';
import { TARGET, TITLE } from './options.ts';
import { vertexRules } from './rules.ts';

/** Endpoints of Vertex AI, which Google's pages now call Gemini Enterprise Agent Platform. */
export const vertexAi = {
  name: TARGET,
  title: TITLE,
  offered: true,
  cloud: 'gcp',
  // Each request has its own token (src/clouds/google/tokens.ts): no step has to sign in before.
  login: [],
  inputs: {
    group: { 'deploy-endpoint': deployMembers, 'smoke-test': smokeMembers },
    requestOf,
    reads: [
      'framework',
      'framework-version',
      'instance-type',
      'initial-instance-count',
      'min-capacity',
      'max-capacity',
      'environment-variables',
      'startup-timeout',
      'strategy',
      'step-percent',
      'bake-minutes',
      'adopt',
      'tags',
    ],
    rules: vertexRules,
  },
  image: {
    rules: null,
    provides: async (uri) => (await import('./serving-images.ts')).isServingImage(uri),
    packagesOf: async (asked) => (await import('./serving-images.ts')).servingPackages(asked),
  },
  archive: {
    findings: () => Promise.resolve([]),
    unservable: async (framework, paths) =>
      (await import('./serving-images.ts')).unservable(framework, paths),
  },
  // An image is copied when a version is uploaded: "this original path is afterwards not used" (aiplatform v1).
  traits: { pullsAgain: false, servesArchives: false, changeMs: 3_600_000 },
  open: async (wishes, host) => (await import('./open.ts')).open(wishes, host),
} as const satisfies Platform<'vertex-ai'>;
