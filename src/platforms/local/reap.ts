/** Removes the candidates that runs which died have left on this machine. */
import type { DeploymentResult } from '../../core/targets.ts';
import { connect } from './connect.ts';
import { withEndpointLock } from './endpoint-lock.ts';
import type { Layout } from './layout.ts';
import { result, tidyUp } from './operations.ts';
import type { LocalTargetOptions } from './options.ts';
import { ensureServer } from './server-process.ts';
import type { StoredCandidate } from '../../documents/local-state.ts';

/** @param environment null for any */
export async function reap(
  layout: Layout,
  environment: string | null,
  options: LocalTargetOptions,
): Promise<DeploymentResult> {
  // Where no server runs, no candidate does, and none is started for this.
  const { kind } = await connect(layout, options.processes, options.signal);
  if (kind !== 'running') return nothing(layout, options);
  // Under the lock no command is at work on a candidate.
  return withEndpointLock(layout, 'reap', options, () => removeExpired(layout, environment, options));
}

function nothing(layout: Layout, options: LocalTargetOptions): Promise<DeploymentResult> {
  const message = `${layout.endpoint} has no expired candidate; nothing was removed.`;
  return result(layout, options, 'unchanged', message);
}

async function removeExpired(
  layout: Layout,
  environment: string | null,
  options: LocalTargetOptions,
): Promise<DeploymentResult> {
  const { endpoint } = layout;
  const running = await ensureServer(layout, options);
  let { state } = running.status;
  const expired = state.candidates.filter((candidate) => isExpired(candidate, environment, options));
  if (expired.length === 0) return nothing(layout, options);
  for (const { name, expiresAt } of expired) {
    const body = { generation: state.generation, candidate: name };
    ({ state } = await running.client.send('discard', body, options.signal));
    options.log.info(`The candidate ${name} expired at ${expiresAt} and was removed.`);
  }
  await tidyUp(layout, running, options);
  const names = expired.map(({ name }) => name).join(', ');
  return result(layout, options, 'discarded', `Removed the expired candidates of ${endpoint}: ${names}.`);
}

function isExpired(
  { expiresAt, version }: StoredCandidate,
  environment: string | null,
  { clock }: LocalTargetOptions,
): boolean {
  if (environment !== null && version.environmentName !== environment) return false;
  return expiresAt <= clock.now().toISOString();
}
