import type { InputsOf } from '../../core/spec/action-spec.ts';
import type { COMMANDS, spec } from './spec.ts';

export type Inputs = InputsOf<typeof spec>;
export type Command = (typeof COMMANDS)[number];
