import type { InputsOf } from '../../core/spec/action-spec.ts';
import type { spec } from './spec.ts';

export type Inputs = InputsOf<typeof spec>;
