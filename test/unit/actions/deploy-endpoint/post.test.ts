import { expect, it } from 'vitest';
import { parseLeftBehind, type LeftBehind } from '../../../../src/actions/deploy-endpoint/left-behind.ts';
import { reportLeft } from '../../../../src/actions/deploy-endpoint/post.ts';
import { UpstreamError } from '../../../../src/core/errors.ts';
import type { EndpointDescription } from '../../../../src/core/targets.ts';
import { fakePorts } from '../../../fakes/ports.ts';
import { candidateInfo, FakeTarget, V1, V2 } from '../smoke-test/fake-target.ts';

const LEFT: LeftBehind = {
  command: 'promote',
  target: 'sagemaker',
  endpoint: 'churn',
  group: {},
  region: 'eu-west-1',
  version: V2.version,
  candidate: 'churn-c-01234567',
};
const links = () => [{ title: 'Endpoint', url: 'https://console.example/churn' }];

async function look(description: Partial<EndpointDescription>, left: Partial<LeftBehind> = {}) {
  const ports = fakePorts();
  const target = Object.assign(new FakeTarget(description, {}), { links });
  await reportLeft({ ...LEFT, ...left }, { ...ports, openTarget: () => Promise.resolve(target) });
  expect(target.calls).toEqual([]);
  return { text: ports.log.text, summary: ports.summaries.join('\n'), lines: ports.log.lines };
}

it('tells of an update that goes on, with a link', async () => {
  const detail = 'churn is Updating, on its way to churn-2.';
  const { text, summary, lines } = await look({ live: V1, detail });
  expect(lines.map(({ level }) => level)).toEqual(['warning']);
  expect(text).toMatch(
    /^The command "promote" was cut short\. churn serves 1{12}, not 2{12} that was asked for\./,
  );
  expect(text).toContain(detail);
  expect(text).toContain('Endpoint: https://console.example/churn');
  expect(text).toContain('Run the same command with the same inputs again');
  expect(summary).toContain('### `churn`: state after `promote` was interrupted');
  expect(summary).toContain('| Endpoint | https://console.example/churn |');
});

it('tells of a candidate that is left, and how it goes', async () => {
  const candidate = { ...candidateInfo('churn-c-01234567', V2), state: 'Creating' };
  const { text } = await look({ live: V1, candidates: [candidate] }, { command: 'stage' });
  expect(text).toContain(
    'The candidate of this run, churn-c-01234567, is there still (Creating), until 2026-02-01',
  );
  expect(text).toContain('The command "discard" removes the candidate');
  expect(text).toContain('No change of churn is in progress.');
});

it('says where it came to its end after all', async () => {
  expect((await look({ live: V2 })).text).toContain(
    'churn serves 2'.concat('2'.repeat(11), ', as was asked for.'),
  );
});

it('says where there is no endpoint', async () => {
  const { text } = await look({ status: 'absent', live: null, detail: '' }, { command: 'teardown' });
  expect(text).toContain('There is no endpoint churn.');
});

it('does not fail where nothing can be read, and still links', async () => {
  const ports = fakePorts();
  const describe = () => Promise.reject(new UpstreamError('AWS', 'the token has expired'));
  await reportLeft(LEFT, { ...ports, openTarget: () => Promise.resolve({ describe, links }) });
  expect(ports.log.text).toMatch(/the state of churn could not be read: the token has expired.*https:/);
});

it('believes only what a run noted', () => {
  expect(parseLeftBehind(JSON.stringify(LEFT))).toEqual(LEFT);
  for (const text of ['', 'x', '[]', '{}', 'null']) expect(parseLeftBehind(text)).toBeNull();
});
