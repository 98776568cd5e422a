import type { InputsOf } from '../../core/spec/action-spec.ts';
import type { COMMANDS, spec } from './spec.ts';

export type Inputs = InputsOf<typeof spec>;
export type Command = (typeof COMMANDS)[number];

/** An input that could not be understood is null here; what is wrong with it is said elsewhere. */
export type Given = { readonly [Name in keyof Inputs]: Inputs[Name] | null };
