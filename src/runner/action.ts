import type { Problem } from '../core/errors.ts';
import type { Ports } from '../core/ports.ts';
import type { ActionSpec, InputsOf, OutputsOf } from '../core/spec/action-spec.ts';
import type { Toolbox } from './toolbox.ts';

/** An action: its spec, and the wiring that builds what run.ts needs and calls it. */
export interface Action<S extends ActionSpec = ActionSpec> {
  readonly spec: S;
  run(inputs: InputsOf<S>, ports: Ports<OutputsOf<S>>, tools: Toolbox): Promise<void>;
  /**
   * What is wrong with the inputs beyond each by itself, reported together with what could not be understood; those are
   * null here.
   */
  check?(
    inputs: { readonly [K in keyof InputsOf<S>]: InputsOf<S>[K] | null },
    tools: Toolbox,
  ): Promise<Problem[]>;
  /** What the post step does; it gets no inputs, only what `run` saved in `tools.state`. */
  post?(ports: Ports<never>, tools: Toolbox): Promise<void>;
}

export function action<S extends ActionSpec>(definition: Action<S>): Action {
  // Inside the entry every action is alike; the types hold if it is defined.
  return definition;
}
