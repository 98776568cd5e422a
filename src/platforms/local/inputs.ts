/** What the local target alone knows: the members of the input `local`. */
import { integer } from '../../core/spec/input.ts';

/** Read by deploy-endpoint. */
export const deployMembers = {
  port: integer({
    description: 'The loopback port of a new endpoint. Default: a free one.',
    min: 1,
    max: 65535,
  }),
} as const;
