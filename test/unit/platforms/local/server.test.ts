import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { BODY_LIMIT, tokenHashOf } from '../../../../src/platforms/local/control-protocol.ts';
import { layoutOf } from '../../../../src/platforms/local/layout.ts';
import { FAILING_MODEL } from '../../../fakes/session.ts';
import { makeArchive } from '../../../fakes/archive.ts';
import { makeLocalBed, requestFor, type LocalBed } from '../../../platforms/local-bed.ts';
import { ENDPOINT } from '../../../platforms/target-suite.ts';
import { writeFile } from 'node:fs/promises';

const BODY = JSON.stringify({ instances: [[1, 2]] });

describe('the server of a local endpoint', () => {
  let bed: LocalBed;
  let url: string;
  let version: string;
  let candidate: string;
  let failing: string;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'ml-deploy-server-'));
    bed = await makeLocalBed();
    const first = await bed.target.deploy(await bed.target.plan(bed.request('one')));
    url = (first.description.url ?? '').replace(/\/invocations$/, '');
    version = first.description.live?.version ?? '';
    candidate = (await bed.target.stage(await bed.target.plan(bed.request('two')))).candidate?.name ?? '';
    const archive = await makeArchive({ 'model.onnx': FAILING_MODEL });
    const path = join(folder, 'failing.tar.gz');
    await writeFile(path, archive.bytes);
    const plan = await bed.target.plan(requestFor({ path, digest: archive.digest }));
    failing = (await bed.target.stage(plan)).candidate?.name ?? '';
  });
  afterAll(async () => {
    await bed.dispose();
    await rm(folder, { recursive: true, force: true });
  });

  const post = async (path: string, body: string, type: string | null = 'application/json') => {
    const headers: Record<string, string> = type === null ? {} : { 'content-type': type };
    const answer = await fetch(url + path, { method: 'POST', headers, body: new TextEncoder().encode(body) });
    return {
      status: answer.status,
      headers: answer.headers,
      body: (await answer.json()) as Record<string, unknown>,
    };
  };

  it('says that it is healthy, and what it serves', async () => {
    const answer = await fetch(`${url}/ping`);
    expect(answer.status).toBe(200);
    expect(await answer.json()).toEqual({ version });
    expect(answer.headers.get('x-ml-deploy-version')).toBe(version);
  });

  it.each(['application/json', 'application/json; charset=utf-8', 'APPLICATION/JSON'])(
    'takes %s',
    async (type) => {
      const answer = await post('/invocations', BODY, type);
      expect(answer).toMatchObject({ status: 200, body: { predictions: [1], probabilities: [[0.5, 1]] } });
      expect(answer.headers.get('x-ml-deploy-version')).toBe(version);
    },
  );

  it('takes CSV', async () => {
    const { status, body } = await post('/invocations', '1,2\n3,4\n', 'text/csv');
    expect({ status, body }).toMatchObject({ status: 200, body: { predictions: [1, 1] } });
  });

  it('answers for a candidate by its name', async () => {
    expect(await post(`/candidates/${candidate}/invocations`, BODY)).toMatchObject({
      status: 200,
      body: { predictions: [2] },
    });
    expect((await fetch(`${url}/candidates/${candidate}/ping`)).status).toBe(200);
  });

  it.each<[string, string, string, string | null, number, RegExp]>([
    ['another content type', '/invocations', BODY, 'application/x-npy', 415, /x-npy is not supported; send/],
    ['no content type', '/invocations', BODY, null, 415, /content type none/],
    ['broken JSON', '/invocations', '{"instances": [[1,', 'application/json', 400, /not JSON/],
    ['an empty body', '/invocations', '', 'application/json', 400, /not JSON/],
    ['no instances', '/invocations', '{"rows": []}', 'application/json', 400, /"instances", a list/],
    ['an array', '/invocations', '[[1,2]]', 'application/json', 400, /must be a JSON object/],
    ['no rows', '/invocations', '{"instances": []}', 'application/json', 400, /no rows/],
    [
      'a short row',
      '/invocations',
      '{"instances": [[1]]}',
      'application/json',
      400,
      /instances\[0\]: has 1 value,/,
    ],
    ['a bad CSV', '/invocations', '1,two', 'text/csv', 400, /"two" is not a number/],
    [
      'an unknown candidate',
      '/candidates/nobody/invocations',
      BODY,
      'application/json',
      404,
      /no candidate "nobody"/,
    ],
    ['an unknown path', '/predict', BODY, 'application/json', 404, /no POST \/predict here/],
  ])('refuses %s', async (_, path, body, type, status, reason) => {
    const answer = await post(path, body, type);
    expect(answer.status).toBe(status);
    expect(answer.body.error).toMatch(reason);
  });

  it('refuses a body above the limit, and takes one just below it', async () => {
    const large = await post('/invocations', ' '.repeat(BODY_LIMIT + 1));
    expect(large.status).toBe(413);
    expect(large.body.error).toContain('6291456 bytes');
    expect((await post('/invocations', BODY.padEnd(BODY_LIMIT))).status).toBe(200);
  });

  it('says that the model failed, and goes on serving', async () => {
    const answer = await post(`/candidates/${failing}/invocations`, BODY);
    expect(answer).toMatchObject({
      status: 500,
      body: { error: 'The model failed: a node of the graph failed' },
    });
    expect((await post('/invocations', BODY)).status).toBe(200);
  });

  describe('its control routes', () => {
    const ask = async (method: string, path: string, token: string | null, body = '{}') => {
      const headers: Record<string, string> = token === null ? {} : { 'x-ml-deploy-token': token };
      const init = method === 'GET' ? { method, headers } : { method, headers, body };
      const answer = await fetch(`${url}/control/${path}`, init);
      return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
    };
    const readToken = async () => {
      const file = layoutOf(bed.root, ENDPOINT).serverFile;
      return (JSON.parse(await readFile(file, 'utf8')) as { token: string }).token;
    };

    it.each([null, '', 'wrong'])('are not there for the token %j', async (token) => {
      expect((await ask('GET', 'status', token)).status).toBe(404);
      expect((await ask('POST', 'stop', token)).status).toBe(404);
      expect((await fetch(`${url}/ping`)).status).toBe(200);
    });

    it('tell who it is', async () => {
      const token = await readToken();
      const { status, body } = await ask('GET', 'status', token);
      expect(status).toBe(200);
      expect(body).toMatchObject({ endpoint: ENDPOINT, tokenHash: tokenHashOf(token), serving: version });
      expect(JSON.stringify(body)).not.toContain(token);
    });

    it('refuse a change that was decided on an older state', async () => {
      const body = JSON.stringify({ generation: 0, candidate });
      const answer = await ask('POST', 'discard', await readToken(), body);
      expect(answer.status).toBe(409);
      expect(answer.body.error).toMatch(/changed by somebody else/);
    });

    it('refuse a version that leads out of the folder', async () => {
      const { body } = await ask('GET', 'status', await readToken());
      const { generation } = body.state as { generation: number };
      const entry = { version: '../../elsewhere' };
      const answer = await ask('POST', 'deploy', await readToken(), JSON.stringify({ generation, entry }));
      expect(answer.status).toBe(422);
    });
  });

  it('keeps its state and its token to its user', async () => {
    const { stateFile, serverFile } = layoutOf(bed.root, ENDPOINT);
    expect((await stat(stateFile)).mode & 0o777).toBe(0o600);
    expect((await stat(serverFile)).mode & 0o777).toBe(0o600);
  });
});
