/** Going back to a version that served before. */
import { shortDigest } from '../../core/canonical-json.ts';
import { UserError } from '../../core/errors.ts';
import type { DeploymentResult } from '../../core/targets.ts';
import type { Layout } from './layout.ts';
import { requireEndpoint, result } from './operations.ts';
import type { LocalTargetOptions } from './options.ts';
import { servedVersion } from './read-back.ts';
import { ensureServer } from './server-process.ts';
import type { LocalState } from '../../documents/local-state.ts';
import { findVersion, previousOf } from './transitions.ts';

/**
 * @param version null for the newest verified version before the live one
 *
 * Repeated by the same workflow run, it goes back once: a step that is run again, or that follows a smoke test which
 * has rolled back already, must not go back further.
 */
export async function rollBack(
  layout: Layout,
  version: string | null,
  options: LocalTargetOptions,
): Promise<DeploymentResult> {
  await requireEndpoint(layout, options);
  const { client, status } = await ensureServer(layout, options);
  const { state } = status;
  const to = chooseVersion(layout, state, version, options.run);
  const isDone = state.live === to && status.serving === to;
  if (!isDone) {
    const at = options.clock.now().toISOString();
    const body = { generation: state.generation, version: to, run: options.run, at };
    await client.send('rollback', body, options.signal);
  }
  const answers = await servedVersion(client.port, null, options.signal);
  if (answers.version !== to) {
    const message = `${layout.endpoint} was to go back to version ${shortDigest(to)}, but ${answers.detail}`;
    return result(layout, options, 'failed', message);
  }
  return result(layout, options, 'rolled-back', messageFor(layout, state, to, isDone));
}

function messageFor({ endpoint }: Layout, before: LocalState, to: string, isDone: boolean): string {
  const target = `version ${shortDigest(to)}`;
  if (!isDone)
    return `${endpoint} went back from version ${shortDigest(before.live ?? '(none)')} to ${target}.`;
  const note = before.rollback;
  const from = note?.to === to ? `; it went back to it from version ${shortDigest(note.from)} before` : '';
  return `${endpoint} serves ${target} already${from}. To go back further, name the version with to-version.`;
}

function chooseVersion(layout: Layout, state: LocalState, version: string | null, run: string): string {
  if (version !== null) return named(layout, state, version);
  const { rollback } = state;
  if (run !== '' && rollback?.run === run && rollback.to === state.live) return rollback.to;
  const previous = previousOf(state);
  if (previous !== null) return previous.version;
  throw new UserError(
    `There is nothing to roll ${layout.endpoint} back to: no version served before ` +
      `${state.live ?? 'the first one'}. Nothing was changed.`,
  );
}

/** A version may be given by its first digits, as summaries show it. */
function named(layout: Layout, state: LocalState, version: string): string {
  const exact = findVersion(state, version);
  if (exact !== null) return exact.version;
  const matches =
    version.length < 8 ? [] : state.versions.filter((known) => known.version.startsWith(version));
  if (matches.length === 1 && matches[0] !== undefined) return matches[0].version;
  const known = state.versions.map((entry) => shortDigest(entry.version)).join(', ') || 'none';
  throw UserError.of([
    { where: 'to-version', message: `${layout.endpoint} has no version "${version}"; it has ${known}.` },
  ]);
}
