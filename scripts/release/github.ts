/**
 * Releases of GitHub, https://docs.github.com/rest/releases. Node's own fetch and nothing else: the job that may write to
 * the repository runs no package of others.
 */
export interface GitHub {
  /** https://api.github.com */
  readonly apiUrl: string;
  /** owner/name */
  readonly repository: string;
  readonly token: string;
}

export interface Asset {
  readonly id: number;
  readonly name: string;
  readonly size: number;
  readonly state: string;
  /** `sha256:…`; older servers give none. */
  readonly digest?: string | null;
}

export interface Release {
  readonly id: number;
  readonly tag_name: string;
  readonly draft: boolean;
  /** Absent on servers that do not know immutable releases. */
  readonly immutable?: boolean;
  readonly html_url: string;
  readonly upload_url: string;
  readonly assets: readonly Asset[];
}

export interface ReleaseText {
  readonly tag: string;
  readonly name: string;
  readonly notes: string;
  readonly prerelease: boolean;
}

const PAGE = 100;
/** A run that never ends holds up the next one. */
const TIMEOUT_MS = 120_000;

/** Drafts too, which the API finds by no tag. */
export async function findRelease(github: GitHub, tag: string): Promise<Release | null> {
  for (let page = 1; ; page++) {
    const path = `/releases?per_page=${PAGE}&page=${page}`;
    const releases = await ask<Release[]>(github, 'GET', path);
    const found = releases.find((release) => release.tag_name === tag);
    if (found) return found;
    if (releases.length < PAGE) return null;
  }
}

/** A draft: assets can be added to it, and nobody sees it. */
export function createDraft(github: GitHub, { tag, name, notes, prerelease }: ReleaseText): Promise<Release> {
  return ask(github, 'POST', '/releases', { tag_name: tag, name, body: notes, prerelease, draft: true });
}

export function publishDraft(github: GitHub, { id }: Release, isLatest: boolean): Promise<Release> {
  return ask(github, 'PATCH', `/releases/${id}`, { draft: false, make_latest: String(isLatest) });
}

export async function deleteAsset(github: GitHub, { id }: Asset): Promise<void> {
  await ask(github, 'DELETE', `/releases/assets/${id}`);
}

export async function uploadAsset(
  github: GitHub,
  release: Release,
  name: string,
  content: Buffer,
): Promise<void> {
  // It is a URI template: …/assets{?name,label}
  const url = new URL(release.upload_url.replace(/\{[^}]*\}$/, ''));
  url.searchParams.set('name', name);
  const type = { 'content-type': 'application/gzip' };
  await send(github, 'POST', url.href, { headers: type, body: new Uint8Array(content) });
}

function ask<T>(github: GitHub, method: string, path: string, body?: unknown): Promise<T> {
  const url = `${github.apiUrl}/repos/${github.repository}${path}`;
  if (body === undefined) return send(github, method, url, {});
  return send(github, method, url, {
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
}

interface Sent {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array<ArrayBuffer>;
}

async function send<T>(github: GitHub, method: string, url: string, { headers, body }: Sent): Promise<T> {
  const answer = await fetch(url, {
    method,
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      accept: 'application/vnd.github+json',
      authorization: `Bearer ${github.token}`,
      'x-github-api-version': '2022-11-28',
      ...headers,
    },
    ...(body === undefined ? {} : { body }),
  });
  const text = await answer.text();
  if (!answer.ok) {
    const where = `${method} ${new URL(url).pathname}`;
    throw new Error(`GitHub answered ${where} with ${answer.status}: ${text.slice(0, 500)}`);
  }
  return (text === '' ? null : JSON.parse(text)) as T;
}
