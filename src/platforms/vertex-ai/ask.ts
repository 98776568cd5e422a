/**
 * Requests of our own to a version that gets too few: they go where all requests go, and the answers say which version
 * answered.
 */
import type { Performed } from '../../deployment/memory.ts';
import { done } from '../../deployment/performed.ts';
import type { Step } from '../../deployment/verdict.ts';
import { predictUrl, rawPredict } from './invoke.ts';
import { versionOf } from './names.ts';
import type { At } from './steps.ts';

/** No rows: a model that cannot take them answers with a status below 500, and that is a sign of life. */
const NOTHING = JSON.stringify({ instances: [] });
/** A multiple of the number that is needed on average. */
const PATIENCE = 3;

export async function ask({ of, percent = 100, requests = 0 }: Step, at: At): Promise<Performed> {
  const { options, own } = at;
  const found = await at.endpoint();
  if (found === null) return { is: 'missing' };
  const { place, hosts, log, signal } = options;
  log.info(
    `Too few requests came to ${of}: some of our own, without rows, are sent to ${at.subject.endpoint}.`,
  );
  const most = Math.ceil((requests * 100) / percent) * PATIENCE;
  const url = predictUrl(found, place, hosts);
  const ids = (found.deployedModels ?? []).filter((each) => versionOf(each) === of).map(({ id }) => id);
  for (let sent = 0, answered = 0; sent < most && answered < requests; sent++) {
    const { status, by } = await rawPredict(url, NOTHING, 'application/json', options, signal);
    if (by === null || !ids.includes(by)) continue;
    answered += 1;
    own.requests += 1;
    if (status >= 500) own.failed += 1;
  }
  return done('watch');
}
