import { describe, expect, it } from 'vitest';
import { readEvidence } from '../../../../src/core/approval/evidence.ts';
import {
  isOurs,
  ours,
  parseRequestMark,
  requestMark,
  sameKey,
  supersededBy,
  supersededComment,
} from '../../../../src/core/approval/marker.ts';
import { approvedPlan, readPlanDocument } from '../../../../src/documents/approved-plan.ts';
import {
  BODY_LIMIT,
  cutBody,
  invitationBody,
  planComment,
  requestTitle,
  type RequestContent,
} from '../../../../src/core/approval/request-body.ts';
import { decisionWords } from '../../../../src/core/approval/words.ts';
import { parseApprovedPlan } from '../../../../src/documents/approved-plan.ts';
import { fakePlan } from '../../../fakes/plan.ts';

const EVIL = '<!channel> @everyone --> <script>|`*x*` #1 & [a](b)';

function content(more: Partial<RequestContent> = {}): RequestContent {
  return {
    plan: fakePlan(),
    repository: 'acme/churn',
    environment: 'prod',
    runUrl: 'https://github.com/acme/churn/actions/runs/1001',
    commit: 'c0ffee',
    initiators: ['olga'],
    approvers: { users: ['alice'], teams: [{ org: 'acme', slug: 'ml' }] },
    minimumApprovals: 2,
    excludeInitiator: true,
    words: decisionWords(['ship it'], []).words,
    evidence: null,
    timeoutMinutes: 60,
    ...more,
  };
}

/** What stands on the issue: its text, and the comment with the plan. */
const requestBody = (asked: RequestContent) => `${invitationBody(asked)}\n\n${planComment(asked)}`;

describe('the request', () => {
  it('holds what is approved, by whom and how', () => {
    const body = requestBody(content());
    const { plan } = content();
    for (const part of [plan.digest, plan.desired.model, '@alice @acme/ml', 'ship it', 'runs/1001', 'prod']) {
      expect(body).toContain(part);
    }
    expect(body).toMatch(/olga.*cannot approve/);
    expect(parseRequestMark(body)).toEqual({
      repository: 'acme/churn',
      environment: 'prod',
      endpoint: 'churn',
      plan: plan.digest,
    });
  });

  it('mentions nobody but approvers, and lets no text out of its place', () => {
    const plan = fakePlan(
      { endpoint: EVIL },
      {
        changes: [{ field: EVIL, from: EVIL, to: EVIL }],
        findings: [{ level: 'warning', message: EVIL }],
        candidate: EVIL,
      },
    );
    const evidence = readEvidence(JSON.stringify({ passed: true, [EVIL]: EVIL }));
    const body = requestBody(content({ plan, evidence, environment: EVIL }));
    expect(parseRequestMark(body)?.endpoint).toBe(EVIL);
    // Outside of code, where GitHub mentions nobody, only the approvers are mentioned.
    const outside = body.replace(/(`+)[^`].*?[^`]\1(?!`)/g, '');
    expect(outside.match(/@[\w/]+/g)).toEqual(['@alice', '@acme/ml']);
    expect(outside).not.toContain('<script');
    expect(outside.match(/-->/g)).toHaveLength(2);
  });

  it('is never longer than GitHub takes, and says that it was cut', () => {
    const long = '<&`'.repeat(100);
    const changes = Array.from({ length: 500 }, (_, i) => ({ field: `${i} ${long}`, from: long, to: long }));
    const findings = Array.from({ length: 500 }, () => ({ level: 'ok' as const, message: long }));
    const evidence = readEvidence(
      JSON.stringify(Object.fromEntries(changes.map(({ field }) => [field, long]))),
    );
    const body = planComment(content({ plan: fakePlan({}, { changes, findings }), evidence }));
    expect(body.length).toBeLessThan(65_536);
    expect(body.includes('was shortened here')).toBe(true);
    expect(body.split('<details>').length).toBe(body.split('</details>').length);
    const users = Array.from({ length: 5000 }, (_, i) => `a-user-with-a-name-${i}`);
    const invitation = invitationBody(content({ approvers: { users, teams: [] } }));
    expect(invitation.length).toBeLessThan(65_536);
    expect(parseRequestMark(invitation)).not.toBeNull();
  });

  it('counts the rows that it leaves out', () => {
    const changes = Array.from({ length: 61 }, (_, i) => ({ field: `f${i}`, from: '1', to: '2' }));
    const body = requestBody(content({ plan: fakePlan({}, { changes }) }));
    expect(body).toContain('and 1 more changes');
    expect(body.includes('was shortened here')).toBe(false);
  });

  it('cuts only what is too long', () => {
    expect(cutBody('x'.repeat(BODY_LIMIT))).toHaveLength(BODY_LIMIT);
    expect(cutBody('x\n'.repeat(BODY_LIMIT)).length).toBeLessThanOrEqual(BODY_LIMIT);
  });

  it('shows the smoke report, and a failed one in so many words', () => {
    const evidence = readEvidence('{"passed":false,"compared":426,"latency":{"p95":3.5},"rows":[1,2]}');
    expect(evidence.rows).toEqual([
      ['passed', 'false'],
      ['compared', '426'],
      ['latency.p95', '3.5'],
    ]);
    expect(requestBody(content({ evidence }))).toContain('**The smoke test did not pass.**');
    const report = { checks: [{ name: 'parity', passed: false, message: '3 of 426 differ' }, null, 7] };
    expect(readEvidence(JSON.stringify(report)).rows).toEqual([['parity', 'failed: 3 of 426 differ']]);
    expect(() => readEvidence('<html>')).toThrow(/^is not JSON/);
    expect(() => readEvidence('[]')).toThrow('is not a JSON object');
  });

  it('shows each check, and calls a check of the model by itself what it is', () => {
    const checks = [{ name: 'accuracy', passed: true, message: 'The model gets 39 of 40 labels right.' }];
    const text = JSON.stringify({ passed: true, kind: 'model check', checks, accuracy: { n: 40 } });
    const body = requestBody(content({ evidence: readEvidence(text) }));
    expect(body).toContain(
      'The model by itself passed the check, on the machine of the run: no endpoint was asked, so this is no parity check.',
    );
    expect(body).toMatch(/\| accuracy \| `+passed: The model gets 39 of 40 labels right\.`+ \|/);
    expect(body).not.toContain('The smoke test passed.');
    const shown = body.slice(0, body.indexOf('<summary>Smoke report'));
    expect(shown).toContain('39 of 40');
    expect(shown).not.toContain('accuracy.n');
    const failed = readEvidence('{"passed":false,"kind":"model check"}');
    expect(requestBody(content({ evidence: failed }))).toContain('**did not pass the check**');
  });

  it('shows what is new beside what serves, with the figure of the report, and who asked', () => {
    const tested = {
      ...{ environment: 'prod', at: '2026-05-04T00:00:00.000Z', compared: 1, mismatches: 0 },
      ...{ accuracy: 0.9, p95Ms: null },
    };
    const serves = { commit: 'a'.repeat(40), repository: 'acme/churn', tested };
    const commit = { sha: 'b'.repeat(40), title: EVIL, author: EVIL, pull: 3 };
    const commits = { total: 1, behind: 0, newest: [commit] };
    const plan = fakePlan({}, { news: { serves, signature: [EVIL], commits, unknown: [EVIL] } });
    const evidence = readEvidence('{"passed":true,"kind":"model check","accuracy":{"accuracy":0.92}}');
    const body = requestBody(content({ plan, evidence }));
    expect(body).toContain('### What is new');
    expect(body).toContain('| Accuracy | 92 %, +2 points (what serves: 90 %, measured 2026-05-04) |');
    expect(body).toContain('| Asked by | `olga` |');
    const outside = body.replace(/(`+)[^`].*?[^`]\1(?!`)/g, '');
    expect(outside.match(/@[\w/]+/g)).toEqual(['@alice', '@acme/ml']);
    expect(outside).not.toContain('<script');
    // It is no part of what is approved.
    expect(fakePlan({}, {}).digest).toBe(plan.digest);
    expect(parseApprovedPlan(JSON.stringify(plan), 'plan').plan.news).toEqual(plan.news);
  });

  it('shows what the release record says, and what the digest does not cover', () => {
    const run = 'https://github.com/acme/models/actions/runs/7';
    const origin = { repository: 'acme/models', commit: 'beef', run, actor: 'ivan' };
    const modelUrl = `s3://acme/store/models/${'a'.repeat(64)}/model.tar.gz`;
    const sources = { ...fakePlan().sources, modelUrl };
    const foreign = planComment(
      content({ plan: fakePlan({ origin: { ...origin, store: 's3://acme/store/' } }, { sources }) }),
    );
    for (const part of ['acme/models@beef', `ivan, run ${run}`, 's3://acme/store/', 'does not cover it']) {
      expect(foreign).toContain(part);
    }
    expect(foreign).toMatch(/\*\*Warning:\*\* this release was built in another repository, `acme\/models`/);
    const own = planComment(content({ plan: fakePlan({ origin: { ...origin, repository: 'ACME/Churn' } }) }));
    expect(own).not.toContain('another repository');
    expect(planComment(content())).toContain('not known: there is no release record');
  });

  it('shows what it costs, as information, and lets no text of a price list out of its place', () => {
    const count = { least: 2, most: 2 };
    const line = { what: '', machine: 'ml.m5.large', count, sku: 'ml.m5.large', size: 1, hours: null };
    const prices = {
      source: 'the | list <b>',
      currency: 'USD',
      hourly: { 'ml.m5.large': 0.115 },
      unknown: {},
    };
    const cost = { lines: [{ phase: 'after' as const, ...line }], notes: ['@acme/all [x](y)'], prices };
    const body = planComment(content({ plan: fakePlan({}, { cost }) }));
    expect(body).toContain('### What it costs');
    expect(body).toContain(String.raw`| Each month afterwards | $167.90 \(2 ml.m5.large\) |`);
    expect(body).toContain('The rest (steps, changes, what is new, costs, ');
    expect(body).toContain(String.raw`| Note | @&#8203;acme/all \[x\]\(y\) |`);
    expect(body).toContain(String.raw`the \| list &lt;b&gt;, in USD`);
    expect(planComment(content())).not.toContain('What it costs');
  });

  it('says that a bot started the run', () => {
    const body = invitationBody(content({ initiators: ['renovate[bot]'] }));
    expect(body).toMatch(/`renovate\[bot\]` is a bot: the person behind the run is not known/);
    expect(invitationBody(content())).not.toContain('is a bot');
  });

  it('has a title of one line', () => {
    expect(requestTitle(content(), null)).toMatch(/^Approve churn in prod: plan [0-9a-f]{12}$/);
    const long = requestTitle(content(), `a\n${'b'.repeat(400)}`);
    expect(Array.from(long)).toHaveLength(250);
    expect(long).not.toContain('\n');
  });
});

describe('marks', () => {
  it('stand only at the very start', () => {
    const mark = requestMark({ repository: 'a/b', environment: null, endpoint: 'e', plan: 'p' });
    expect(parseRequestMark(`${mark}\ntext`)?.environment).toBeNull();
    expect(parseRequestMark(`text ${mark}`)).toBeNull();
    expect(parseRequestMark('<!-- ml-deploy:approval-request {"repository":1} -->')).toBeNull();
    expect(parseRequestMark('<!-- ml-deploy:approval-request {x} -->')).toBeNull();
  });

  it('are rivals only where repository, environment and endpoint are the same', () => {
    const key = { repository: 'acme/churn', environment: 'prod', endpoint: 'churn' };
    expect(sameKey(key, { ...key, repository: 'ACME/churn' })).toBe(true);
    expect(sameKey(key, { ...key, environment: 'dev' })).toBe(false);
    expect(sameKey(key, { ...key, environment: null })).toBe(false);
    expect(sameKey(key, { ...key, endpoint: 'churn2' })).toBe(false);
    expect(sameKey(key, { ...key, repository: 'acme/other' })).toBe(false);
  });

  it('tell our own comments', () => {
    expect(isOurs(ours('x')) && isOurs(supersededComment(3, 'x'))).toBe(true);
    expect(isOurs(`approve ${ours('x')}`)).toBe(false);
    expect(supersededBy(supersededComment(3, 'x'))).toBe(3);
    expect(supersededBy(`> ${supersededComment(3, 'x')}`)).toBeNull();
  });
});

describe('the plan document', () => {
  it('goes through unchanged, and comes out with an approval that deploy-endpoint reads', () => {
    const plan = fakePlan();
    const read = readPlanDocument(JSON.stringify(plan), 'plan-path');
    expect(read).toEqual({ plan });
    const by = [{ login: 'alice', at: '2026-01-02T03:04:05Z', url: 'https://x.test' }];
    const document = parseApprovedPlan(JSON.stringify(approvedPlan(plan, by)), 'approved-plan');
    expect(document.plan).toEqual(plan);
    expect(document.approval).toEqual({ status: 'approved', by, planDigest: plan.digest });
  });

  it('drops an approval that stands in it already', () => {
    const forged = approvedPlan(fakePlan(), [{ login: 'mallory', at: '', url: '' }]);
    expect(readPlanDocument(JSON.stringify(forged), 'plan-path')).toEqual({ plan: fakePlan() });
  });

  it.each([
    ['no JSON', 'hello', /is not valid JSON/],
    ['another schema', '{"schema":"x"}', /is not a plan/],
    ['a changed endpoint', JSON.stringify({ ...fakePlan(), endpoint: 'other' }), /edited/],
    ['a changed digest', JSON.stringify({ ...fakePlan(), digest: '0'.repeat(64) }), /edited/],
  ])('is refused with %s', (_, text, message) => {
    const read = readPlanDocument(text, 'plan-path');
    expect('problems' in read && read.problems[0]?.message).toMatch(message);
  });
});
