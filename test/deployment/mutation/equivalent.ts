/** Mutants that nothing can find, because they decide the same; each with the reason. */
export interface Equivalent {
  readonly file: string;
  /** The function that it is in. */
  readonly within: string;
  readonly from: string;
  /** '' for a statement that is left out. */
  readonly to: string;
  readonly because: string;
}

export const EQUIVALENT: readonly Equivalent[] = [
  {
    file: 'next.ts',
    within: 'next',
    from: 'value === undefined',
    to: 'false',
    because: 'Every list ends with an end, so that there always is a verdict.',
  },
  {
    file: 'next.ts',
    within: 'refusal',
    from: "goal.kind === 'give-up'",
    to: 'true',
    because: 'Any other goal ends in the same words one line below.',
  },
  {
    file: 'next.ts',
    within: 'needsCertainty',
    from: "'refused'",
    to: "''",
    because: 'Whoever was refused a step gives up before anything else is decided.',
  },
  {
    file: 'memory.ts',
    within: 'sentBy',
    from: 'percent !== undefined',
    to: 'true',
    because: 'A share of undefined is none.',
  },
  {
    file: 'memory.ts',
    within: 'isSettled',
    from: 'sent !== null',
    to: 'true',
    because: 'Whoever asks has sent something.',
  },
  {
    file: 'decide/candidates.ts',
    within: 'dropExpired',
    from: 'name !== but',
    to: 'true',
    because:
      "The run's own candidate has been followed before: it is ready, and that is the end, or broken, and removed first.",
  },
  {
    file: 'decide/give-up.ts',
    within: 'isAtFault',
    from: "why.kind === 'rolled-back'",
    to: 'true',
    because: 'No other end has found anything.',
  },
  {
    file: 'decide/go-back.ts',
    within: 'endOfMove',
    from: 'version === null',
    to: 'false',
    because: 'A state without a version has ended before.',
  },
  {
    file: 'decide/leftovers.ts',
    within: 'shiftBack',
    from: "''",
    to: "'other'",
    because: 'What shifts leads somewhere.',
  },
  {
    file: 'decide/leftovers.ts',
    within: 'shiftBack',
    from: '0',
    to: '1',
    because: 'What serves was looked at, or nobody would be here.',
  },
  {
    file: 'decide/rollout.ts',
    within: 'setOut',
    from: '100',
    to: '101',
    because: 'A rollout has a step at least.',
  },
  {
    file: 'decide/rollout.ts',
    within: 'advance',
    from: '100',
    to: '101',
    because: 'Where no step is left, the rollout is unmarked instead.',
  },
  {
    file: 'decide/rollout.ts',
    within: 'untilSeen',
    from: '0',
    to: '1',
    because: 'What has no share is the end of a rollout, which is waited for anyway.',
  },
  {
    file: 'decide/rollout.ts',
    within: 'watchedAfter',
    from: '0',
    to: '1',
    because: 'What is measured was looked at, or nobody would be here.',
  },
  {
    file: 'decide/serve.ts',
    within: 'serve',
    from: "serving.state === 'serving'",
    to: 'true',
    because: 'In any other state that is left by then, no version serves.',
  },
  {
    file: 'decide/serve.ts',
    within: 'isMoveOf',
    from: 'memory.sent.of === goal.version',
    to: 'true',
    because: 'A run that lets a version serve sends no other.',
  },
  {
    file: 'decide/serve.ts',
    within: 'isMoveOf',
    from: "'start-candidate'",
    to: "''",
    because: 'A run that lets a version serve starts no candidate.',
  },
  {
    file: 'decide/serve.ts',
    within: 'isMoveOf',
    from: "memory.sent.kind !== 'start-candidate'",
    to: 'true',
    because: 'A run that lets a version serve starts no candidate.',
  },
  {
    file: 'decide/situation.ts',
    within: 'wish',
    from: 'isAnswer(known)',
    to: 'true',
    because: 'What nobody may look at has no value either.',
  },
  {
    file: 'decide/tidy.ts',
    within: 'tidy',
    from: "''",
    to: "'other'",
    because: 'What shifts leads somewhere.',
  },
];
