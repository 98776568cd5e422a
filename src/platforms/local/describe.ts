/** What can be said of an endpoint without changing anything. */
import { readdir } from 'node:fs/promises';
import { previousOf } from '../../deployment/versions.ts';
import type { CandidateInfo, EndpointDescription, VersionInfo } from '../../core/targets.ts';
import { connect, type Connection } from './connect.ts';
import type { ServerStatus } from './control-protocol.ts';
import type { Layout } from './layout.ts';
import { tailOf } from './log-tail.ts';
import { LOOPBACK } from './loopback-http.ts';
import type { LocalTargetOptions } from './options.ts';
import { readState } from './state.ts';
import type { LocalState, StoredCandidate, StoredVersion } from '../../documents/local-state.ts';
import { findVersion } from './transitions.ts';

const TAIL_LINES = 5;
/** A look takes a few seconds at most, and a cancelled run has to say what serves. */
const NOT_CANCELLED = new AbortController().signal;

/** @throws UserError if no server runs and the state is damaged. */
export async function describeEndpoint(
  layout: Layout,
  options: LocalTargetOptions,
): Promise<EndpointDescription> {
  const connection = await connect(layout, options.processes, NOT_CANCELLED);
  if (connection.kind === 'running') return describeServing(connection.status);
  const state = await readState(layout);
  if (state === null) return absent(layout, await hasVersions(layout));
  return describeState(state, 'not-serving', await whyNot(layout, connection));
}

async function hasVersions(layout: Layout): Promise<boolean> {
  return (await readdir(layout.versionsDir).catch(() => [])).length > 0;
}

function absent({ endpoint }: Layout, leftovers: boolean): EndpointDescription {
  const detail = leftovers ? 'A first deployment of it was cut short.' : '';
  return {
    endpoint,
    status: 'absent',
    detail,
    url: null,
    arn: null,
    live: null,
    previous: null,
    candidates: [],
    versions: [],
  };
}

/** From what the server says that it has loaded, not from what it should have. */
function describeServing({ state, serving, problems }: ServerStatus): EndpointDescription {
  if (state.live === null) return describeState(state, 'not-serving', 'No version is live yet.');
  if (serving === state.live) return describeState(state, 'serving', '');
  const why = problems[state.live] ?? 'its server loaded another version';
  return describeState(state, 'not-serving', `The live version ${state.live} is not served: ${why}`);
}

async function whyNot(layout: Layout, connection: Connection): Promise<string> {
  const { endpoint, logFile } = layout;
  if (connection.kind === 'none') return `The server process of endpoint ${endpoint} was stopped.`;
  if (connection.kind === 'running') return '';
  const { pid } = connection.holder;
  const what = connection.kind === 'dead' ? 'is gone' : 'lives, but does not answer';
  const tail = await tailOf(logFile, TAIL_LINES);
  return `The server process (pid ${pid}) of endpoint ${endpoint} ${what}; the last lines of its log: ${tail || '(none)'}`;
}

function describeState(
  state: LocalState,
  status: EndpointDescription['status'],
  detail: string,
): EndpointDescription {
  const origin = originOf(state.port);
  const live = state.live === null ? null : findVersion(state, state.live);
  const previous = previousOf(state.versions, state.live);
  return {
    endpoint: state.endpoint,
    status,
    detail,
    url: `${origin}/invocations`,
    arn: null,
    live: live === null ? null : versionInfo(live),
    previous: previous === null ? null : versionInfo(previous),
    candidates: state.candidates.map((candidate) => candidateInfo(candidate, origin)),
    versions: state.versions.map(versionInfo),
  };
}

function originOf(port: number): string {
  return `http://${LOOPBACK}:${port}`;
}

function versionInfo(stored: StoredVersion): VersionInfo {
  const { withdrawn: _, environmentName: __, ...info } = stored;
  return info;
}

function candidateInfo({ name, version, expiresAt }: StoredCandidate, origin: string): CandidateInfo {
  const url = `${origin}/candidates/${encodeURIComponent(name)}/invocations`;
  return { ...versionInfo(version), name, url, expiresAt };
}
