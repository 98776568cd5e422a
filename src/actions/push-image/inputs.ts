import type { InputsOf } from '../../core/spec/action-spec.ts';
import type { spec } from './spec.ts';

export type PushImageInputs = InputsOf<typeof spec>;
