/** Who asks an MLflow server, what a refusal says, and that nothing of the sign-in goes to another address. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { openMlflow } from '../../../../src/adapters/mlflow/mlflow.ts';
import { adviceOf, pageOf } from '../../../../src/core/errors.ts';
import { mlflowAccess } from '../../../../src/core/mlflow/access.ts';
import type { MlflowEnvironment } from '../../../../src/core/mlflow/registry.ts';
import { FakeClock } from '../../../fakes/clock.ts';

const servers: Server[] = [];
afterEach(() => {
  for (const server of servers.splice(0)) server.close();
});

interface Bed {
  readonly url: string;
  /** What was asked, and as whom. */
  readonly asked: { readonly path: string; readonly authorization: string | undefined }[];
}

async function serve(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Bed> {
  const asked: Bed['asked'] = [];
  const server = createServer((request, response) => {
    asked.push({ path: request.url ?? '', authorization: request.headers.authorization });
    answer(request, response);
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, asked };
}

const NOBODY: MlflowEnvironment = { trackingUri: null, token: null, username: null, password: null };
const TOKEN = { ...NOBODY, token: 'token-of-olga-4711' };
const USER = { ...NOBODY, username: 'olga', password: 'password-of-olga' };

function accessTo(url: string, environment: MlflowEnvironment, mlflowToken: string | null = null) {
  const access = mlflowAccess({ mlflowTrackingUri: url, mlflowToken }, environment);
  if (Array.isArray(access)) throw new Error(JSON.stringify(access));
  return access;
}

const CHURN_3 = { kind: 'version', name: 'churn', version: '3' } as const;
const options = () => ({ clock: new FakeClock(), signal: new AbortController().signal });

async function refusalOf(bed: Bed, environment: MlflowEnvironment, token: string | null = null) {
  const error: unknown = await openMlflow(accessTo(bed.url, environment, token), CHURN_3, options()).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  expect(pageOf(error)).toBe('mlflow');
  return (error as Error).message.replace(new URL(bed.url).host, 'HOST');
}

describe('a refusal says which value is wrong, and what to do', () => {
  const refusing = (status: number, scheme: string | null) =>
    serve((_, response) => {
      response.writeHead(status, scheme === null ? {} : { 'www-authenticate': scheme }).end('No.');
    });
  const BASIC = 'Basic realm="mlflow"';
  const BEARER = 'Bearer realm="acme", error="invalid_token"';
  const DOES_NOT_ACCEPT =
    'MLflow at HOST does not accept the sign-in (status 401): MLFLOW_TRACKING_USERNAME or MLFLOW_TRACKING_PASSWORD is wrong. Check both.';
  const NO_TOKEN =
    'MLflow at HOST does not accept the sign-in (status 401): MLFLOW_TRACKING_TOKEN is wrong or has expired. Set a new token.';

  test.each<[string, number, string | null, MlflowEnvironment, string]>([
    [
      'none is set',
      401,
      null,
      NOBODY,
      'MLflow at HOST asks for a sign-in (status 401), and none is set. Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.',
    ],
    [
      'none is set, and the server wants a password',
      401,
      BASIC,
      NOBODY,
      'MLflow at HOST asks for a sign-in (status 401), and none is set. Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.',
    ],
    [
      'none is set, and the server wants a token',
      401,
      BEARER,
      NOBODY,
      'MLflow at HOST asks for a sign-in (status 401), and none is set. Set MLFLOW_TRACKING_TOKEN.',
    ],
    ['the password is wrong', 401, BASIC, USER, DOES_NOT_ACCEPT],
    ['the password is wrong, and the server names no scheme', 401, null, USER, DOES_NOT_ACCEPT],
    [
      'the password is wrong, and the server would take a token too',
      401,
      `${BEARER}, ${BASIC}`,
      USER,
      DOES_NOT_ACCEPT,
    ],
    [
      'the password is not ASCII, and MLflow accepts it for everything but files',
      401,
      BASIC,
      { ...USER, password: 'pässwörd-of-olga' },
      'MLflow at HOST does not accept the sign-in (status 401): MLFLOW_TRACKING_USERNAME or MLFLOW_TRACKING_PASSWORD is wrong, or has a character that is not ASCII, which MLflow refuses when it hands out files. Check both.',
    ],
    ['the token is wrong', 401, BEARER, TOKEN, NO_TOKEN],
    ['the token is wrong, and the server names no scheme', 401, null, TOKEN, NO_TOKEN],
    [
      'a token for a server that wants a password',
      401,
      BASIC,
      TOKEN,
      'MLflow at HOST asks for a user and a password (status 401), and the token of MLFLOW_TRACKING_TOKEN was sent. Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD instead.',
    ],
    [
      'a password for a server that wants a token',
      401,
      BEARER,
      USER,
      'MLflow at HOST asks for a token (status 401), and the user and the password of MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD were sent. Set MLFLOW_TRACKING_TOKEN instead.',
    ],
    [
      'the user has no permission',
      403,
      null,
      USER,
      'MLflow at HOST accepts the sign-in, and does not let that user read the model models:/churn/3 (status 403). Give the user of MLFLOW_TRACKING_USERNAME the permission READ on the registered model and on its experiment.',
    ],
    [
      'the user of the token has no permission',
      403,
      null,
      TOKEN,
      'MLflow at HOST accepts the sign-in, and does not let that user read the model models:/churn/3 (status 403). Give the user of MLFLOW_TRACKING_TOKEN the permission READ on the registered model and on its experiment.',
    ],
    [
      'nobody has permission without a sign-in',
      403,
      null,
      NOBODY,
      'MLflow at HOST does not give the model models:/churn/3 without a sign-in (status 403). Set MLFLOW_TRACKING_TOKEN, or MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.',
    ],
  ])('%s', async (_, status, scheme, environment, message) => {
    const bed = await refusing(status, scheme);
    expect(await refusalOf(bed, environment)).toBe(message);
    expect(bed.asked).toHaveLength(1);
  });

  test('the input is named, if the token is from there', async () => {
    const message = await refusalOf(await refusing(401, null), TOKEN, 'token-of-the-input');
    expect(message).toContain('mlflow-token is wrong or has expired');
    expect(message).not.toContain('TRACKING_TOKEN');
  });
});

describe('of several sign-ins', () => {
  const authorizationOf = (environment: Partial<MlflowEnvironment>, token: string | null = null) =>
    accessTo('https://mlflow.acme.com', { ...NOBODY, ...environment }, token).signIn?.authorization;
  const BASIC = `Basic ${Buffer.from('olga:password-of-olga').toString('base64')}`;

  test('a user and a password are sent, and not the token beside them, as by MLflow’s own client', () => {
    expect(authorizationOf({ ...USER, token: 'token-of-olga' })).toBe(BASIC);
  });

  test('the token is sent beside half of the other', () => {
    expect(authorizationOf({ username: 'olga', token: 'token-of-olga' })).toBe('Bearer token-of-olga');
  });

  test('the token of the step itself is sent', () => {
    expect(authorizationOf({ ...USER, token: 'token-of-olga' }, 'token-of-the-step')).toBe(
      'Bearer token-of-the-step',
    );
  });
});

describe('a sign-in that cannot be sent', () => {
  test.each<[string, Partial<MlflowEnvironment>, string]>([
    ['a token of two lines', { token: 'token-of\nolga' }, 'MLFLOW_TRACKING_TOKEN has a line break'],
    ['a token with a space', { token: 'Bearer token-of-olga' }, 'MLFLOW_TRACKING_TOKEN has a space'],
    [
      'a token with other letters',
      { token: 'tökén-of-olga' },
      'MLFLOW_TRACKING_TOKEN has a character that is not ASCII',
    ],
    ['a user with a colon', { username: 'ol:ga', password: 'x' }, 'MLFLOW_TRACKING_USERNAME has a colon'],
    [
      'a password of two lines',
      { username: 'olga', password: 'a\nb' },
      'MLFLOW_TRACKING_PASSWORD has a line break',
    ],
  ])('%s is refused before anybody is asked', (_, environment, message) => {
    const inputs = { mlflowTrackingUri: 'https://mlflow.acme.com', mlflowToken: null };
    const problems = mlflowAccess(inputs, { ...NOBODY, ...environment });
    const said = Array.isArray(problems)
      ? problems.map(({ where, ...one }) => `${where} ${adviceOf(one)}`)
      : [];
    expect(said.join()).toContain(message);
    expect(said.join()).not.toMatch(/token-of|tökén|ol:ga/);
  });

  test('a line break at the end is not part of it', () => {
    const { signIn } = accessTo('https://mlflow.acme.com', { ...NOBODY, token: 'token-of-olga\n' });
    expect(signIn?.authorization).toBe('Bearer token-of-olga');
    const basic = accessTo('https://mlflow.acme.com', { ...USER, username: 'olga\n', password: 'p w \r\n' });
    expect(basic.signIn?.authorization).toBe(`Basic ${Buffer.from('olga:p w ').toString('base64')}`);
  });
});

describe('the sign-in goes to the server alone', () => {
  const version = { name: 'churn', version: '3', status: 'READY' };
  /** Answers as MLflow does, but for what `instead` answers. */
  const mlflow = (where: string, instead: (path: string) => { status: number; location: string } | null) =>
    serve((request, response) => {
      const path = new URL(request.url ?? '', 'http://x').pathname.replace('/api/2.0/', '');
      const other = instead(path);
      if (other !== null) return response.writeHead(other.status, { location: other.location }).end();
      const answers: Readonly<Record<string, object>> = {
        'mlflow/model-versions/get': { model_version: version },
        'mlflow/model-versions/get-download-uri': {
          artifact_uri: where.replace('OWN', (request.headers.host ?? '').toUpperCase()),
        },
        'mlflow-artifacts/artifacts': { files: [{ path: 'MLmodel', is_dir: false, file_size: 2 }] },
      };
      return response.end(JSON.stringify(answers[path] ?? {}));
    });
  const stranger = () => serve((_, response) => void response.end('{}'));

  test.each([301, 302, 303, 307, 308])('a redirection with status %i is not followed', async (status) => {
    const other = await stranger();
    const location = `${other.url}/login?state=of-this-session`;
    const bed = await mlflow('mlflow-artifacts:/1/m', () => ({ status, location }));
    const message = await refusalOf(bed, TOKEN);
    expect(message).toBe(
      `MLflow at HOST redirects to ${other.url} for the model models:/churn/3 (status ${status}). That is not followed, because the sign-in is sent to no other address. If it is a page to sign in, set MLFLOW_TRACKING_TOKEN; if the server has moved, change mlflow-tracking-uri; otherwise set model-path to a folder with the model.`,
    );
    expect(other.asked).toEqual([]);
  });

  test('nor is a file that is at a pre-signed URL', async () => {
    const other = await stranger();
    const bed = await mlflow('mlflow-artifacts:/1/m', (path) =>
      path.endsWith('/MLmodel') ? { status: 307, location: `${other.url}/m?X-Amz-Signature=0123abcd` } : null,
    );
    const { files } = await openMlflow(accessTo(bed.url, USER), CHURN_3, options());
    if (files.kind !== 'server') throw new Error(files.kind);
    const [listed] = await files.files.list('models:/churn/3');
    const error = await files.files.open(listed?.url ?? '', null).catch((thrown: unknown) => String(thrown));
    expect(error).toContain(`redirects to ${other.url} for the file "1/m/MLmodel" (status 307)`);
    expect(error).not.toContain('0123abcd');
    expect(other.asked).toEqual([]);
  });

  test('files are asked of the server with the sign-in', async () => {
    const bed = await mlflow('mlflow-artifacts:/1/m', () => null);
    const { files } = await openMlflow(accessTo(bed.url, USER), CHURN_3, options());
    if (files.kind !== 'server') throw new Error(files.kind);
    const [listed] = await files.files.list('models:/churn/3');
    const { body } = await files.files.open(listed?.url ?? '', null);
    expect(await text(body)).toBe('{}');
    expect(bed.asked.map(({ path }) => path.includes('/mlflow-artifacts/'))).toContain(true);
    const basic = `Basic ${Buffer.from('olga:password-of-olga').toString('base64')}`;
    expect(new Set(bed.asked.map(({ authorization }) => authorization))).toEqual(new Set([basic]));
  });

  test.each([
    ['another server’s artifacts', 'mlflow-artifacts://OTHER/1/m', '"mlflow-artifacts://OTHER/1/m"'],
    ['a pre-signed URL', 'http://OTHER/m?X-Amz-Signature=0123abcd', '"http://OTHER/m"'],
    ['an FTP server with a password', 'ftp://ci:ftp-pass-word@OTHER/m', '"ftp://OTHER/m"'],
  ])('%s are not read, and no password of the place is printed', async (_, place, shown) => {
    const other = await stranger();
    const at = (template: string) => template.replace('OTHER', new URL(other.url).host);
    const bed = await mlflow(at(place), () => null);
    const error = await openMlflow(accessTo(bed.url, TOKEN), CHURN_3, options()).catch((thrown: unknown) =>
      String(thrown),
    );
    expect(error).toContain(`models:/churn/3 is kept at ${at(shown)}, which cannot be read from here.`);
    expect(error).not.toMatch(/0123abcd|ftp-pass-word/);
    expect(other.asked).toEqual([]);
  });

  test('files of the server itself are read, if the place names it', async () => {
    const bed = await mlflow('mlflow-artifacts://OWN/1/m', () => null);
    const url = bed.url.replace('127.0.0.1', 'localhost');
    const { files } = await openMlflow(accessTo(url, USER), CHURN_3, options());
    expect(files.kind).toBe('server');
  });
});
