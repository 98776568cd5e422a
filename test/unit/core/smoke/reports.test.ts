import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { create } from 'xmlbuilder2';
import { htmlOf } from '../../../../src/core/smoke/report-html.ts';
import { junitOf } from '../../../../src/core/smoke/report-junit.ts';
import { markdownOf } from '../../../../src/core/smoke/report-markdown.ts';
import { evidenceOf, reportDigest, verdictOf, type SmokeReport } from '../../../../src/core/smoke/report.ts';

const NASTY = '<script>alert("x")</script> & @octocat `code` | \u0000 ::error::';

const subject = {
  target: 'local',
  endpoint: NASTY,
  candidate: null,
  url: NASTY,
  version: NASTY,
  modelDigest: null,
  release: null,
};
const check = { name: NASTY, passed: false, message: NASTY, value: 3, limit: 0, rollsBack: true };

const report: SmokeReport = {
  schema: 'ml-deploy/smoke-report/v1',
  passed: false,
  verdict: NASTY,
  kind: 'parity',
  subject,
  reference: { kind: 'onnx', label: NASTY, digest: 'ab', runtime: 'wasm' },
  tolerance: { rtol: 1e-4, atol: 1e-5 },
  cases: { source: NASTY, rows: 3, labelled: true },
  protocol: 'instances',
  requests: { rowsEach: 1, concurrency: 1, warmup: 3 },
  mapping: [{ field: NASTY, output: NASTY, role: 'value', why: NASTY }],
  checks: [check, { ...check, name: 'parity' }, { ...check, name: 'error rate', passed: true, value: null }],
  parity: {
    rows: 3,
    rowsWrong: 1,
    compared: 6,
    mismatches: 1,
    ties: 1,
    maxAbsDiff: 0.25,
    outputs: [
      {
        field: NASTY,
        output: NASTY,
        compared: 6,
        mismatches: 1,
        maxAbsDiff: 0.25,
        tolerance: { rtol: 0, atol: 1e-3 },
      },
    ],
    problems: [NASTY],
    loose: [],
    pairs: [
      {
        field: NASTY,
        pairs: [
          { expected: 0.5, actual: 0.75 },
          { expected: 0.25, actual: 0.25 },
        ],
        differences: [
          { below: null, count: 1 },
          { below: 1, count: 1 },
        ],
      },
    ],
  },
  accuracy: { n: 3, correct: 2, accuracy: 2 / 3, reference: 1 },
  quality: null,
  latency: {
    requests: 3,
    failed: 1,
    errorRate: 1 / 3,
    n: 2,
    p50: 1.5,
    p95: 2,
    p99: 2,
    min: 1.5,
    max: 2,
    failures: [{ reason: NASTY, count: 1 }],
    retries: 2,
    platform: { n: 2, p50: 1, p95: 1.25 },
    curve: [
      { percent: 0, ms: 1.5 },
      { percent: 100, ms: 2 },
    ],
  },
  worstRows: [
    {
      row: 2,
      differences: [{ field: NASTY, index: 1, expected: NASTY, actual: 'NaN', difference: null }],
      input: [{ name: NASTY, value: NASTY }],
      inputLeftOut: 4,
    },
  ],
  causes: [{ kind: 'class order', message: NASTY }],
  rollback: { rolledBack: false, message: NASTY, from: 'a', to: null },
  logs: NASTY,
  environment: null,
  commit: 'c0ffee',
  run: 'https://github.com/acme/churn/actions/runs/1',
  createdAt: '2026-01-02T03:04:05.000Z',
};

describe('the page', () => {
  const library = 'globalThis.Chart = class {};';
  const page = htmlOf(report, library);

  it('lets no text become markup, and loads nothing', () => {
    // Three charts with their data, the library, and what calls it.
    expect(page.match(/<script/g)).toHaveLength(5);
    expect(page).not.toContain('<script>alert');
    expect(page).toContain('&lt;script&gt;');
    expect(page).not.toMatch(/<(img|link|iframe)|url\(|@import|src=/);
    expect(page).toContain('default-src &#39;none&#39;');
  });

  it('runs only its own two scripts, by their hashes', () => {
    const executed = [...page.matchAll(/<script>([^]*?)<\/script>/g)].map(([, script = '']) => script);
    const hashes = executed.map((script) => createHash('sha256').update(script).digest('base64'));
    expect(executed[0]).toBe(library);
    expect(page).toContain(`script-src ${hashes.map((hash) => `&#39;sha256-${hash}&#39;`).join(' ')}`);
    const data = [...page.matchAll(/<script type="application\/json">([^]*?)<\/script>/g)];
    expect(data.map(([, json = '']) => (JSON.parse(json) as { type: string }).type)).toEqual([
      'scatter',
      'bar',
      'line',
    ]);
  });

  it('has no script at all where there is nothing to draw', () => {
    const bare = htmlOf({ ...report, parity: null, latency: null }, library);
    expect(bare).not.toContain('<script');
    expect(bare).toMatch(/script-src (&#39;|')none/);
  });

  it('is well formed, with a width for phones', () => {
    expect(page).toContain('name="viewport"');
    const body = page.slice(page.indexOf('<header'), page.indexOf('</main>') + 7);
    // eslint-disable-next-line no-control-regex
    expect(() => create(`<page>${body.replace(/\u0000/g, '')}</page>`)).not.toThrow();
  });
});

describe('JUnit', () => {
  it('has a case for each check, and no character that XML forbids', () => {
    const xml = junitOf(report);
    // eslint-disable-next-line no-control-regex
    expect(xml).not.toMatch(/\u0000/);
    const parsed = create(xml).toObject() as { testsuites: { '@tests': string; '@failures': string } };
    expect(parsed.testsuites).toMatchObject({ '@tests': '3', '@failures': '2' });
    expect(xml).toContain('row 2,');
  });
});

describe('the summary', () => {
  it('has the verdict first, and nothing that Markdown or HTML would act on', () => {
    const markdown = markdownOf(report);
    expect(markdown).toMatch(/^### ❌ Smoke test of /);
    expect(markdown.replace(/(?<![\\`])(`+)(?!`)[^]*?(?<!`)\1(?!`)/g, '')).not.toMatch(
      /<script|[^\\;]@octocat/,
    );
    expect(markdown).toContain('The 1 worst rows');
    expect(markdown).toContain('```mermaid\nxychart-beta\n');
    expect(markdown).toContain('bar [1.5, 2]');
    expect(markdown).toContain('took 1 ms (p50) and 1.25 ms (p95)');
    expect(markdown).toContain('repeated 2 requests');
  });
});

describe('the evidence', () => {
  it('names the report by its digest', () => {
    expect(evidenceOf(report)).toEqual({
      passed: false,
      reportDigest: reportDigest(report),
      subject: `endpoint ${NASTY}`,
      compared: 6,
      mismatches: 1,
      maxAbsDiff: 0.25,
      accuracy: 2 / 3,
      p95Ms: 2,
    });
    expect(reportDigest({ ...report, passed: true })).not.toBe(reportDigest(report));
  });
});

describe('the verdict', () => {
  it('names three failures, and counts the others', () => {
    const checks = [1, 2, 3, 4, 5].map((at) => ({ ...check, message: `Reason ${at}.` }));
    expect(verdictOf({ ...subject, endpoint: 'churn' }, 'parity', checks)).toBe(
      'The smoke test of endpoint churn failed. Reason 1. Reason 2. Reason 3. 2 more checks failed.',
    );
    expect(verdictOf({ ...subject, endpoint: null, url: 'http://h/' }, 'health only', [])).toBe(
      'The smoke test of http://h/ passed (health only). Its answers were not compared with anything.',
    );
  });
});
