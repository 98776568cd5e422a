/** What a command may find: every state of an endpoint, of its versions and candidates, and what nobody may do or see. */
import type { Goal } from '../../src/deployment/goal.ts';
import type { CandidateState, Facets, Serving, VersionState } from '../../src/deployment/observed.ts';
import {
  discard,
  ETAG,
  gone,
  goBack,
  LIVE,
  NOTHING_YET,
  OLD,
  scenario,
  SCALED,
  serve,
  stage,
  STAGED,
  version,
  type Expected,
} from './scenarios.ts';

const LONG_AGO = -1e9;
const tidy: Goal = { kind: 'tidy', environment: null };

const serving = (changed: Partial<Serving>, facets = LIVE): Facets => ({
  ...facets,
  serving: { ...facets.serving, ...changed },
});
/** With v2, as it was found. */
const knowing = (flags: Partial<VersionState>, facets = LIVE): Facets => ({
  ...facets,
  versions: [version('v2', false, flags), ...facets.versions],
});
const withCandidate = (changed: Partial<CandidateState>, facets = STAGED): Facets => ({
  ...facets,
  candidates: facets.candidates.map((entry) => ({ ...entry, ...changed })),
});
const noted = (name: string, flags: Partial<VersionState>, facets = LIVE): Facets => ({
  ...facets,
  versions: facets.versions.map((entry) => (entry.version === name ? { ...entry, ...flags } : entry)),
});
const TOWARDS_V2 = serving({ state: 'moving', towards: 'v2', guards: ['v2@x'] }, knowing({}));
const UNDER_WAY: Facets = { ...TOWARDS_V2, guards: [{ name: 'v2@x', madeAt: 0 }] };
const BROKEN = serving({ state: 'broken', version: null }, knowing({}));
const SURE = { failing: [], denied: [] } as const;
const hiding = (...hidden: NonNullable<Expected['faults']['hidden']>) => ({ faults: { ...SURE, hidden } });
const refusing = (...refused: NonNullable<Expected['faults']['refused']>) => ({
  faults: { ...SURE, refused },
});
const losing = (...lost: NonNullable<Expected['faults']['lost']>) => ({ faults: { ...SURE, lost } });

const odd = (name: string, start: Facets, goal: Goal, ends: string, more: Partial<Expected> = {}): Expected =>
  scenario(name, start, [goal], { crashes: 1, ...more, ends: ends.split(', ') });

/** Beside whatever else is there: ready, of v3, and nobody's business. */
const besideV3 = (facets: Facets, changed: Partial<CandidateState> = {}): Facets => ({
  ...facets,
  versions: [version('v3', false), ...facets.versions],
  candidates: [...facets.candidates, { ...STAGED.candidates[0]!, name: 'c9', version: 'v3', ...changed }],
});
const guarded = (name: string, madeAt: number, facets = LIVE): Facets => ({
  ...facets,
  guards: [...facets.guards, { name, madeAt }],
});
const STARTING = serving(
  { state: 'starting', version: null, towards: 'v2' },
  { ...NOTHING_YET, versions: [version('v2', false)] },
);

const WELL_OR_BACK = 'rolled-back, serves, serves unchanged';

const SERVING: readonly Expected[] = [
  odd('serves already', LIVE, serve('v1'), 'serves unchanged'),
  odd(
    'serves, not noted',
    noted('v1', { served: false, withdrawn: true }),
    serve('v1'),
    'serves, serves unchanged',
  ),
  odd(
    'serves, version is cut short',
    noted('v1', { definition: 'part' }),
    serve('v1'),
    'serves, serves unchanged',
  ),
  odd('serves, with another count', serving({ fit: 'count-off' }), serve('v1'), 'serves, serves unchanged'),
  odd('serves, with other settings', serving({ fit: 'other' }), serve('v1'), 'not-as-asked'),
  odd('another base', LIVE, serve('v2', { base: 'v0' }), 'outdated'),
  odd('a withdrawn version', knowing({ withdrawn: true }), serve('v2'), 'withdrawn'),
  odd(
    'a withdrawn version, wanted',
    knowing({ withdrawn: true }),
    serve('v2', { withdrawn: true }),
    'rolled-back, serves, serves unchanged',
  ),
  odd(
    'a version that is cut short',
    knowing({ definition: 'part' }),
    serve('v2'),
    'rolled-back, serves, serves unchanged',
  ),
  odd('no candidate', LIVE, serve('v2', { candidate: 'c2' }), 'no-candidate'),
  odd(
    'a candidate that starts',
    withCandidate({ state: 'starting' }),
    serve('v2', { candidate: 'c2' }),
    'no-candidate, rolled-back, serves, serves unchanged',
  ),
  odd(
    'a broken candidate',
    withCandidate({ state: 'broken' }),
    serve('v2', { candidate: 'c2' }),
    'no-candidate',
  ),
  odd(
    'candidates of others',
    withCandidate({ ours: false }),
    serve('v2'),
    'rolled-back, serves, serves unchanged',
  ),
  odd(
    'a broken endpoint',
    serving({ state: 'broken', version: null }, knowing({})),
    serve('v2', { base: null }),
    'rolled-back, serves, serves unchanged',
  ),
  odd(
    'a broken endpoint that stays',
    serving({ state: 'broken', version: null }),
    serve('v2', { base: null }),
    'failed',
    { traits: { ...ETAG, broken: 'keep' } },
  ),
  odd(
    'two versions at once',
    serving({ state: 'mixed' }, { ...SCALED, scaling: 'set-aside' }),
    serve('v2'),
    'needs-human',
  ),
  odd(
    'half set aside',
    { ...SCALED, scaling: 'half-aside' },
    serve('v2'),
    'rolled-back, serves, serves unchanged',
  ),
  odd(
    'half set aside, on its way elsewhere',
    serving(
      { state: 'moving', towards: 'v3' },
      { ...SCALED, scaling: 'half-aside', versions: [version('v3', false), ...LIVE.versions] },
    ),
    serve('v2', { base: 'v0' }),
    'outdated',
  ),
  odd('on its way already', UNDER_WAY, serve('v2'), 'rolled-back, serves, serves unchanged'),
  odd('on its way without guard', TOWARDS_V2, serve('v2'), 'rolled-back, serves, serves unchanged'),
  odd(
    'on its way elsewhere',
    serving(
      { state: 'moving', towards: 'v3' },
      { ...LIVE, versions: [version('v3', false), ...LIVE.versions] },
    ),
    serve('v2'),
    'outdated',
  ),
  odd(
    'on its way back',
    serving({ state: 'going-back' }, knowing({})),
    serve('v2'),
    'rolled-back, serves, serves unchanged',
  ),
  odd(
    'starting',
    serving(
      { state: 'starting', version: null, towards: 'v2' },
      { ...NOTHING_YET, versions: [version('v2', false)] },
    ),
    serve('v2', { base: null }),
    'rolled-back, serves, serves unchanged',
  ),
  odd(
    'going',
    serving({ state: 'going', version: null }),
    serve('v2', { base: null }),
    'rolled-back, serves, serves unchanged',
  ),
  odd(
    'scaled otherwise',
    { ...SCALED, scaling: 'other' },
    serve('v2', { otherMachines: true }),
    'rolled-back, serves, serves unchanged',
  ),
  odd(
    'scaled otherwise, to be set',
    { ...SCALED, scaling: 'other' },
    serve('v2', { scaling: 'set' }),
    'rolled-back, serves, serves unchanged',
  ),
  odd(
    'set aside, to be ended',
    { ...SCALED, scaling: 'set-aside' },
    serve('v1', { scaling: 'end' }),
    'serves, serves unchanged',
  ),
  odd('unguarded', LIVE, serve('v2', { guarded: false }), 'rolled-back, serves, serves unchanged'),
  odd(
    'others use old versions',
    { ...OLD, users: ['u8'] },
    serve('v2'),
    'rolled-back, serves, serves unchanged',
  ),
  odd(
    'old versions of others',
    noted('u8', { ours: false }, OLD),
    serve('v2'),
    'rolled-back, serves, serves unchanged',
  ),
  ...(
    [
      ['keeps none', OLD, 0, 'v2 v1 v0'],
      ['keeps none but one that is verified', noted('u9', { verified: true }, OLD), 0, 'v2 u9 u8'],
      [
        'keeps none, and none that was rolled back from',
        noted('v0', { withdrawn: true }, OLD),
        0,
        'v2 v1 u9',
      ],
      ['keeps two', OLD, 2, 'v2 v1 v0'],
      ['keeps what others use', { ...OLD, users: ['u8'] }, 0, 'v2 v1 v0 u8'],
      ['keeps what is not ours', noted('u8', { ours: false }, OLD), 0, 'v2 v1 v0 u8'],
      ['keeps what may be used soon', knowing({ version: 'v9', madeAt: -1000 }, OLD), 0, 'v2 v9 v1 v0'],
      ['removes what nobody used', knowing({ version: 'v9', madeAt: -1001 }, OLD), 0, 'v2 v1 v0'],
    ] as const
  ).map(([name, start, keep, leaves]) =>
    odd(name, start, serve('v2', { keep }), 'serves', { faults: SURE, crashes: 0, leaves }),
  ),
  odd('serves again, and keeps none', OLD, serve('v0', { keep: 0 }), 'serves, serves unchanged'),
  odd('keeps many', OLD, serve('v2', { keep: 9 }), 'rolled-back, serves, serves unchanged'),
  odd(
    'guards of others',
    {
      ...LIVE,
      guards: [
        { name: 'v3@z', madeAt: 0 },
        { name: 'v2@z', madeAt: 0 },
      ],
    },
    serve('v2'),
    'rolled-back, serves, serves unchanged',
  ),
];

/** What is found and is somebody else's, or of another version, changes nothing. */
const BESIDE_OTHERS: readonly Expected[] = [
  odd('on its way without guard, refused', TOWARDS_V2, serve('v2'), 'refused, serves, serves unchanged', {
    faults: { failing: ['v2'], denied: [], refused: ['guard'] },
  }),
  odd(
    'serve, tidying up is refused',
    OLD,
    serve('v2'),
    'serves, serves unchanged',
    refusing('retire-version'),
  ),
  odd('serve, beside a candidate of another version', besideV3(LIVE), serve('v2'), WELL_OR_BACK),
  odd('serve, its candidate is broken', withCandidate({ state: 'broken' }), serve('v2'), WELL_OR_BACK),
  odd('another candidate is ready', besideV3(LIVE), serve('v2', { candidate: 'c2' }), 'no-candidate'),
  odd(
    'another version was withdrawn',
    knowing({ version: 'v9', served: true, withdrawn: true }),
    serve('v2'),
    WELL_OR_BACK,
  ),
  odd(
    'serves, not noted, beside a newer version',
    knowing({ version: 'v9', served: true, withdrawn: true }, noted('v1', { served: false })),
    serve('v1'),
    'serves, serves unchanged',
  ),
  odd(
    'serves, not noted, with another count',
    noted('v1', { served: false }, serving({ fit: 'count-off' })),
    serve('v1'),
    'serves, serves unchanged',
  ),
  odd('serve, old guards of others', guarded('v3@y', LONG_AGO), serve('v2'), WELL_OR_BACK),
  odd('serve, with half a guard', guarded('v2@a.0#half', 0), serve('v2', { guarded: false }), WELL_OR_BACK),
  odd('on its way with the guard of another', guarded('v3@z', 0, TOWARDS_V2), serve('v2'), WELL_OR_BACK),
  odd(
    'first release that stays broken',
    NOTHING_YET,
    serve('v2', { base: null }),
    `failed, ${WELL_OR_BACK}`,
    {
      traits: { ...ETAG, broken: 'keep' },
    },
  ),
  ...(
    [
      ['nothing for a candidate that goes', 'going', 'v2 v1 v0'],
      ['what a candidate is of', 'ready', 'v2 v1 v0 u8'],
    ] as const
  ).map(([name, state, leaves]) => {
    const candidates = [{ ...STAGED.candidates[0]!, name: 'c9', version: 'u8', state }];
    const more = { faults: SURE, crashes: 0, leaves };
    return odd(`keeps ${name}`, { ...OLD, candidates }, serve('v2', { keep: 0 }), 'serves', more);
  }),
  odd('back, while it starts', STARTING, goBack('v2', 'v1'), 'nothing-to-go-back-to'),
  odd(
    'back already, with other settings',
    serving({ version: 'v0', fit: 'other' }),
    goBack('v1', 'v0'),
    'went-back, went-back unchanged',
  ),
  odd('stage beside a broken endpoint', BROKEN, stage('v2', 'c2'), 'outdated'),
  odd(
    'stage beside a broken candidate of another version',
    besideV3(LIVE, { state: 'broken' }),
    stage('v2', 'c2'),
    'failed, staged',
  ),
  odd(
    'stage, fails, and its version is never removed',
    LIVE,
    stage('v2', 'c2'),
    'contended, failed, staged',
    {
      faults: { failing: ['v2'], denied: [], lost: ['retire-version'] },
    },
  ),
  odd(
    'discard, an older version',
    { ...STAGED, versions: [version('v1', true), version('v2', false), version('v0', true)] },
    discard,
    'discarded, discarded unchanged',
  ),
  odd(
    'discard beside a candidate of another version',
    besideV3(STAGED),
    discard,
    'discarded, discarded unchanged',
  ),
  odd(
    'tidy, of all environments',
    withCandidate({ expiresAt: 0, environment: 'dev' }),
    tidy,
    'tidied, tidied unchanged',
  ),
  odd('serve, fails, may not see candidates', LIVE, serve('v2'), WELL_OR_BACK, {
    faults: { failing: ['v2'], denied: [], hidden: ['candidates'] },
  }),
];

/** Usually a change is seen at once; only what is waited for may take longer. */
const QUICK: Partial<Expected> = { traits: { ...ETAG, usualLagMs: -1 } };
const USUALLY_SEEN: readonly Expected[] = [
  odd('serve, usually seen at once', LIVE, serve('v2'), WELL_OR_BACK, QUICK),
  odd('stage, usually seen at once', LIVE, stage('v2', 'c2'), 'failed, staged', QUICK),
  odd('back, usually seen at once', LIVE, goBack('v1', 'v0'), 'went-back, went-back unchanged', QUICK),
];

const BACK: readonly Expected[] = [
  odd('back, on its way', UNDER_WAY, goBack('v2', 'v1'), 'went-back, went-back unchanged'),
  odd(
    'back, on its way with one guard of two',
    {
      ...serving({ guards: ['v2@y', 'v2@x'] }, UNDER_WAY),
      guards: [...UNDER_WAY.guards, { name: 'v3@z', madeAt: 0 }],
    },
    goBack('v2', 'v1'),
    'went-back, went-back unchanged',
  ),
  odd('back, on its way without guard', TOWARDS_V2, goBack('v2', 'v1'), 'went-back, went-back unchanged'),
  odd('back, cannot be undone', UNDER_WAY, goBack('v2', 'v1'), 'went-back, went-back unchanged', {
    traits: { ...ETAG, abort: 'none' },
  }),
  odd(
    'back, on its way elsewhere',
    UNDER_WAY,
    goBack('v1', 'v0'),
    'outdated, went-back, went-back unchanged',
  ),
  odd(
    'back already',
    noted('v0', { withdrawn: true }, serving({ version: 'v0' })),
    goBack('v1', 'v0'),
    'went-back, went-back unchanged',
  ),
  odd('back from what does not serve', LIVE, goBack('v9', 'v0'), 'outdated'),
  odd('back to nothing', LIVE, goBack('v1', 'v9'), 'nothing-to-go-back-to'),
  odd(
    'back to a version that is cut short',
    noted('v0', { definition: 'part' }),
    goBack('v1', 'v0'),
    'nothing-to-go-back-to',
  ),
  odd(
    'back to a version that fails',
    knowing({ served: true }),
    goBack('v1', 'v2'),
    'failed, went-back, went-back unchanged',
  ),
  odd(
    'back, two versions at once',
    serving({ state: 'mixed' }, { ...SCALED, scaling: 'set-aside' }),
    goBack('v1', 'v0'),
    'needs-human',
  ),
  odd(
    'back, broken',
    serving({ state: 'broken', version: null }),
    goBack('v1', 'v0'),
    'nothing-to-go-back-to',
  ),
  odd(
    'back already, with another count',
    serving({ version: 'v0', fit: 'count-off' }),
    goBack('v1', 'v0'),
    'went-back, went-back unchanged',
  ),
  odd(
    'back, old guards',
    { ...LIVE, guards: [{ name: 'v3@y', madeAt: LONG_AGO }] },
    goBack('v1', 'v0'),
    'went-back, went-back unchanged',
  ),
  odd('back, keeps none', OLD, { ...goBack('v1', 'v0'), keep: 0 } as Goal, 'went-back, went-back unchanged'),
  odd(
    'back, keeps none of many',
    {
      ...OLD,
      versions: [version('v2', true), ...OLD.versions],
      serving: { ...OLD.serving, version: 'v2' },
    },
    { ...goBack('v2', 'v1'), keep: 0 } as Goal,
    'went-back, went-back unchanged',
  ),
  odd('back, set aside by another run', { ...SCALED, scaling: 'half-aside' }, goBack('v9', 'v0'), 'outdated'),
  odd('back, absent', NOTHING_YET, goBack('v1', 'v0'), 'nothing-to-go-back-to'),
  odd(
    'back on other machines',
    SCALED,
    { ...goBack('v1', 'v0'), otherMachines: true } as Goal,
    'went-back, went-back unchanged',
  ),
  odd(
    'back, with guards left',
    { ...LIVE, guards: [{ name: 'v1@z', madeAt: 0 }] },
    goBack('v1', 'v0'),
    'went-back, went-back unchanged',
  ),
];

const BESIDE: readonly Expected[] = [
  odd('stage what serves', LIVE, stage('v1', 'c1'), 'unchanged'),
  odd('stage on another base', LIVE, { ...stage('v2', 'c2'), base: 'v0' } as Goal, 'outdated'),
  odd('stage what was withdrawn', knowing({ withdrawn: true }), stage('v2', 'c2'), 'withdrawn'),
  odd('stage again', STAGED, stage('v2', 'c2'), 'staged'),
  odd(
    'stage again, for longer',
    withCandidate({ expiresAt: 5 }),
    { ...stage('v2', 'c2'), until: 1e9 } as Goal,
    'staged',
  ),
  odd('stage while it starts', withCandidate({ state: 'starting' }), stage('v2', 'c2'), 'failed, staged'),
  odd('stage while it goes', withCandidate({ state: 'going' }), stage('v2', 'c2'), 'failed, staged'),
  odd('stage what is broken', withCandidate({ state: 'broken' }), stage('v2', 'c2'), 'failed, staged'),
  odd('stage what never fails', LIVE, stage('v3', 'c3'), 'staged'),
  odd('stage beside another candidate', STAGED, stage('v3', 'c3'), 'staged'),
  odd('stage beside one that is over', withCandidate({ expiresAt: 0 }), stage('v3', 'c3'), 'staged'),
  odd(
    'stage beside one that is over, and starts',
    withCandidate({ expiresAt: 0, state: 'starting' }),
    stage('v3', 'c3'),
    'staged',
  ),
  odd(
    'stage beside one that is over, and goes',
    withCandidate({ expiresAt: 0, state: 'going' }),
    stage('v3', 'c3'),
    'staged',
  ),
  odd(
    'stage what is ready, of others',
    withCandidate({ ours: false, expiresAt: -1 }),
    stage('v2', 'c2'),
    'staged',
  ),
  odd(
    'stage what is broken, and over',
    withCandidate({ state: 'broken', expiresAt: -1 }),
    stage('v2', 'c2'),
    'failed, staged',
  ),
  odd(
    'stage what goes, and is over',
    withCandidate({ state: 'going', expiresAt: -1 }),
    stage('v2', 'c2'),
    'failed, staged',
  ),
  odd(
    'stage again, its version is gone',
    { ...STAGED, versions: LIVE.versions },
    stage('v2', 'c2'),
    'staged',
  ),
  odd(
    'stage again, as long as it stays',
    withCandidate({ expiresAt: 5 }),
    { ...stage('v2', 'c2'), until: 5 } as Goal,
    'staged',
  ),
  odd(
    'discard one that nobody made a version for',
    { ...STAGED, versions: LIVE.versions },
    discard,
    'discarded, discarded unchanged',
  ),
  odd('discard while it goes', withCandidate({ state: 'going' }), discard, 'discarded, discarded unchanged'),
  odd('discard nothing', LIVE, discard, 'discarded unchanged'),
  odd(
    'discard while it starts',
    withCandidate({ state: 'starting' }),
    discard,
    'discarded, discarded unchanged',
  ),
  odd(
    'discard what serves',
    serving({ version: 'v2' }, noted('v2', { served: true }, STAGED)),
    discard,
    'discarded, discarded unchanged',
  ),
  odd('discard what others use', { ...STAGED, users: ['v2'] }, discard, 'discarded, discarded unchanged'),
  odd(
    'discard what is not ours',
    noted('v2', { ours: false }, STAGED),
    discard,
    'discarded, discarded unchanged',
  ),
  odd(
    'discard one of two',
    { ...STAGED, candidates: [...STAGED.candidates, { ...STAGED.candidates[0]!, name: 'c9' }] },
    discard,
    'discarded, discarded unchanged',
  ),
  odd(
    'discard what is on its way',
    { ...UNDER_WAY, candidates: STAGED.candidates },
    discard,
    'discarded, discarded unchanged',
  ),
  odd('gone already', NOTHING_YET, gone, 'gone'),
  odd('gone, broken', BROKEN, gone, 'gone'),
  odd('gone, candidate goes', withCandidate({ state: 'going' }), gone, 'gone'),
  odd('gone, candidate starts', withCandidate({ state: 'starting' }), gone, 'gone'),
  odd('gone, candidate of others', withCandidate({ ours: false }), gone, 'gone'),
  odd('gone, on its way', UNDER_WAY, gone, 'gone'),
  odd('gone, others use a version', { ...LIVE, users: ['v0'] }, gone, 'gone'),
  odd('gone, a version is not ours', noted('v0', { ours: false }), gone, 'gone'),
];

const TIDY: readonly Expected[] = [
  odd(
    'tidy, expired',
    withCandidate({ expiresAt: 0 }, noted('v2', { madeAt: LONG_AGO }, STAGED)),
    tidy,
    'tidied, tidied unchanged',
  ),
  odd(
    'tidy, of another environment',
    withCandidate({ expiresAt: 0 }),
    { ...tidy, environment: 'dev' },
    'tidied unchanged',
  ),
  odd(
    'tidy, of this environment',
    withCandidate({ expiresAt: 0, environment: 'dev' }),
    { ...tidy, environment: 'dev' },
    'tidied, tidied unchanged',
  ),
  odd('tidy, not ours', withCandidate({ expiresAt: 0, ours: false }), tidy, 'tidied unchanged'),
  odd(
    'tidy, being promoted',
    withCandidate({ expiresAt: 0 }, { ...UNDER_WAY, candidates: STAGED.candidates }),
    tidy,
    'tidied, tidied unchanged',
  ),
  odd('tidy, broken', withCandidate({ expiresAt: 0, state: 'broken' }), tidy, 'tidied, tidied unchanged'),
  odd('tidy, starts', withCandidate({ expiresAt: 0, state: 'starting' }), tidy, 'tidied, tidied unchanged'),
  odd(
    'tidy, old guards',
    {
      ...LIVE,
      guards: [
        { name: 'v2@x', madeAt: LONG_AGO },
        { name: 'v3@y', madeAt: 0 },
      ],
    },
    tidy,
    'tidied, tidied unchanged',
  ),
  odd('tidy, never served', knowing({ madeAt: LONG_AGO }), tidy, 'tidied, tidied unchanged'),
  odd('tidy, set aside', { ...SCALED, scaling: 'set-aside' }, tidy, 'tidied, tidied unchanged'),
  odd('tidy, half set aside', { ...SCALED, scaling: 'half-aside' }, tidy, 'tidied, tidied unchanged'),
  odd('tidy, broken and set aside', { ...BROKEN, scaling: 'set-aside' }, tidy, 'tidied unchanged'),
  odd('tidy, absent', { ...NOTHING_YET, scaling: 'set-aside' }, tidy, 'tidied unchanged'),
];

const FACETS = ['serving', 'versions', 'candidates', 'guards', 'scaling', 'users'] as const;
/** How each command ends that may not see one of them, in their order. */
const HIDDEN: Readonly<
  Record<string, { readonly start: Facets; readonly goal: Goal; readonly ends: readonly string[] }>
> = {
  serve: {
    start: OLD,
    goal: serve('v2', { otherMachines: true }),
    ends: ['denied', 'denied', 'serves, serves unchanged', 'denied', 'denied', 'serves, serves unchanged'],
  },
  stage: {
    start: LIVE,
    goal: stage('v2', 'c2'),
    ends: ['denied', 'denied', 'denied', 'staged', 'staged', 'staged'],
  },
  back: {
    start: OLD,
    goal: goBack('v1', 'v0'),
    ends: [
      'denied',
      'denied',
      'went-back, went-back unchanged',
      'went-back, went-back unchanged',
      'denied',
      'went-back, went-back unchanged',
    ],
  },
  discard: {
    start: STAGED,
    goal: discard,
    ends: [
      'denied',
      'denied',
      'denied',
      'discarded, discarded unchanged',
      'discarded, discarded unchanged',
      'discarded, discarded unchanged',
    ],
  },
  gone: { start: STAGED, goal: gone, ends: ['denied', 'denied', 'denied', 'gone', 'gone', 'gone'] },
  tidy: {
    start: STAGED,
    goal: tidy,
    ends: ['denied', 'denied', 'denied', 'tidied unchanged', 'denied', 'tidied unchanged'],
  },
};

const FORBIDDEN: readonly Expected[] = [
  ...Object.entries(HIDDEN).flatMap(([name, { start, goal, ends }]) =>
    ends.map((end, at) => odd(`${name}, may not see ${FACETS[at]!}`, start, goal, end, hiding(FACETS[at]!))),
  ),
  odd('first release, refused', NOTHING_YET, serve('v2', { base: null }), 'refused', refusing('open')),
  odd('serve, refused', LIVE, serve('v2'), 'refused', refusing('shift')),
  odd('serve, version refused', LIVE, serve('v2'), 'refused', refusing('make-version')),
  odd('stage, refused', LIVE, stage('v2', 'c2'), 'refused', refusing('start-candidate')),
  odd('back, refused', LIVE, goBack('v1', 'v0'), 'refused', refusing('shift')),
  odd('serve, refused twice', LIVE, serve('v2'), 'refused', refusing('shift', 'retire-version')),
  odd('serve, always overtaken', LIVE, serve('v2', { guarded: false }), 'contended', losing('shift')),
  odd('stage, always overtaken', LIVE, stage('v2', 'c2'), 'contended', losing('start-candidate')),
  odd(
    'stage, always overtaken, nor removed',
    LIVE,
    stage('v2', 'c2'),
    'contended',
    losing('start-candidate', 'retire-version'),
  ),
  odd('discard, always overtaken', STAGED, discard, 'contended', losing('drop-candidate')),
  odd('tidy, refused', withCandidate({ expiresAt: 0 }), tidy, 'tidied unchanged', refusing('drop-candidate')),
  odd('gone, refused', LIVE, gone, 'refused', refusing('close')),
  odd('stage, may not start', LIVE, stage('v2', 'c2'), 'denied', {
    faults: { failing: [], denied: ['start-candidate'] },
  }),
  odd('a broken endpoint, may not close', BROKEN, serve('v2', { base: null }), 'denied', {
    faults: { failing: [], denied: ['close'] },
  }),
  odd(
    'broken, others use it, may not see who',
    knowing({ served: false }),
    stage('v2', 'c2'),
    'failed, staged',
    {
      faults: { failing: ['v2'], denied: [], hidden: ['users'] },
      traits: ETAG,
    },
  ),
  odd('gone, may not remove', LIVE, gone, 'denied', { faults: { failing: [], denied: ['close'] } }),
  odd('discard, may not remove', STAGED, discard, 'denied', {
    faults: { failing: [], denied: ['drop-candidate'] },
  }),
  odd('back, may not move', LIVE, goBack('v1', 'v0'), 'denied', {
    faults: { failing: [], denied: ['shift'] },
  }),
  odd('back, may not abort', UNDER_WAY, goBack('v2', 'v1'), 'went-back, went-back unchanged', {
    faults: { failing: [], denied: ['abort-shift'] },
  }),
];

export const ODD: readonly Expected[] = [
  ...SERVING,
  ...BACK,
  ...BESIDE,
  ...BESIDE_OTHERS,
  ...USUALLY_SEEN,
  ...TIDY,
  ...FORBIDDEN,
];
