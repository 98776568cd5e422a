import { NO_GROUP_REQUEST, type Platform } from '../../core/platform.ts';
import { deployMembers } from './inputs.ts';

/** An endpoint on this machine. */
export const local = {
  name: 'local',
  title: 'the local target',
  offered: true,
  cloud: null,
  login: [],
  inputs: {
    group: { 'deploy-endpoint': deployMembers, 'smoke-test': {} },
    requestOf: () => NO_GROUP_REQUEST,
    reads: ['environment-variables', 'startup-timeout'],
    rules: [],
  },
  // Whatever the container engine of this machine starts.
  image: { rules: null, provides: () => Promise.resolve(false) },
  // The server loads the one ONNX file of an archive, in any folder; a container gets the files as they are.
  archive: { findings: () => Promise.resolve([]) },
  traits: { pullsAgain: false, servesArchives: true, changeMs: 120_000 },
  open: async (wishes, host) => (await import('./open.ts')).open(wishes, host),
} as const satisfies Platform<'local'>;
