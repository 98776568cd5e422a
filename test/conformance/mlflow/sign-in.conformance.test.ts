/**
 * A real MLflow server that asks for a sign-in: MLflow's own app basic-auth, and in front of it a proxy that asks for a
 * token. What is refused is refused with its cause, leaves nothing, and tells nobody the password or the token.
 */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { ActionRun } from '../../../scripts/lib/runner-protocol.ts';
import { found } from '../../fixtures/secret-shapes.ts';
import { runAction } from '../beds/run-action.ts';
import { startFront, type Front } from './front.ts';
import { logModels, startMlflow, whyNot, type Logged, type Mlflow, type SignIn } from './server.ts';

const reason = whyNot(true);
if (reason !== null) console.log(reason);

const ADMIN = { username: 'mlops-admin', password: 'admin-of-this-test-4711' };
/** With what a header has to encode. */
const PASSWORD = 'pass:word of the "reader" {7}=9';
/** MLflow takes it for everything but files. */
const NOT_ASCII = 'pässwörd of the reader 7→9';
const TOKEN = 'eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJvbGdhIn0.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1g';
const WRONG = { password: 'Wrong-password-of-nobody-8', token: 'wrong-token-of-nobody-0815' };
const SECRETS = {
  password: PASSWORD,
  'password that is not ASCII': NOT_ASCII,
  token: TOKEN,
  'wrong password': WRONG.password,
  'wrong token': WRONG.token,
};

const asUser = (username: string, password = PASSWORD): SignIn => ({
  MLFLOW_TRACKING_USERNAME: username,
  MLFLOW_TRACKING_PASSWORD: password,
});
const asToken = (token: string): SignIn => ({ MLFLOW_TRACKING_TOKEN: token });
const basic = (username: string, password: string) =>
  `Basic ${Buffer.from(`${username}:${password}`).toString('base64')}`;

describe.skipIf(reason !== null)(`an MLflow server that asks for a sign-in ${reason ?? ''}`, () => {
  const work = mkdtempSync(join(tmpdir(), 'ml-deploy-mlflow-sign-in-'));
  let server: Mlflow;
  let logged: Logged;
  /** Asks for the token. */
  let front: Front;
  /** Another host, which nobody asked for. */
  let stranger: Front;
  let run = '';

  const asAdmin = async (path: string, body: object) => {
    const response = await fetch(`${server.url}/api/${path}`, {
      method: 'POST',
      headers: { authorization: basic(ADMIN.username, ADMIN.password), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    expect(response.status, `${path}: ${await response.text()}`).toBe(200);
  };
  const grant = (username: string, type: string, id: string) =>
    asAdmin('3.0/mlflow/users/permissions/grant', {
      username,
      resource_type: type,
      resource_id: id,
      permission: 'READ',
    });

  beforeAll(async () => {
    server = await startMlflow(work, ADMIN);
    logged = logModels(server, join(work, 'cases.json'), asUser(ADMIN.username, ADMIN.password));
    for (const username of ['reader', 'of-the-model-alone', 'of-the-experiment-alone', 'nobody'])
      await asAdmin('2.0/mlflow/users/create', { username, password: PASSWORD });
    for (const username of ['reader', 'of-the-model-alone'])
      await grant(username, 'registered_model', 'churn');
    for (const username of ['reader', 'of-the-experiment-alone'])
      await grant(username, 'experiment', logged.experiment);
    await asAdmin('2.0/mlflow/users/create', { username: 'mueller', password: NOT_ASCII });
    await grant('mueller', 'registered_model', 'churn');
    await grant('mueller', 'experiment', logged.experiment);
    front = await startFront({
      behind: { url: server.url, authorization: basic('reader', PASSWORD) },
      token: TOKEN,
    });
    stranger = await startFront({ behind: null, token: null });
  }, 900_000);
  afterAll(async () => {
    await front.stop();
    await stranger.stop();
    await server.stop();
    rmSync(work, { recursive: true, force: true });
  });
  beforeEach(() => {
    run = mkdtempSync(join(work, 'run-'));
    mkdirSync(join(run, 'workspace'));
    front.asked.length = 0;
    front.instead = () => false;
  });

  const pack = async (uri: string, env: SignIn, inputs: Readonly<Record<string, string>> = {}) => {
    const packed = await runAction(
      'package-model',
      { 'model-path': uri, ...inputs },
      {
        workspace: join(run, 'workspace'),
        env: { RUNNER_TEMP: join(run, 'temp'), MLFLOW_TRACKING_URI: server.url, ...env },
      },
    );
    expect(leaksOf(packed)).toEqual([]);
    expect(stranger.asked).toEqual([]);
    return packed;
  };
  /** Which secrets are in what the step left. What the runner is asked to mask is not shown. */
  const leaksOf = ({ log, outputs, state, summary }: ActionRun) => {
    const shown = log.replaceAll(/^::add-mask::.*$/gm, '');
    const texts = [shown, JSON.stringify(outputs), JSON.stringify(state), summary, ...filesBelow(run)];
    return found(texts.join('\n'), SECRETS);
  };
  const expectRefusal = (packed: ActionRun, message: string) => {
    const of = ({ url }: { readonly url: string }) => new URL(url).host;
    const said = packed.error.replaceAll(of(server), 'HOST').replaceAll(of(front), 'FRONT');
    expect(said.replaceAll(of(stranger), 'STRANGER'), packed.log).toBe(message);
    expect(packed.exitCode).toBe(1);
    expect(packed.summary).toContain('docs/failures/mlflow.md');
    expect(Object.values(packed.outputs).join('')).toBe('');
    expect(readdirSync(join(run, 'workspace'))).toEqual([]);
    expect(filesBelow(join(run, 'temp'))).toEqual([]);
  };

  test.each(['models:/churn/2', 'models:/churn@champion'])(
    '%s is packed with the right user and password',
    async (uri) => {
      const packed = await pack(uri, asUser('reader'));
      expect(packed.exitCode, packed.log).toBe(0);
      const record = JSON.parse(readFileSync(packed.outputs['release-record'] ?? '', 'utf8')) as {
        readonly model: object;
      };
      expect(record.model).toMatchObject({
        framework: 'onnx',
        mlflow: { model: 'models:/churn/2', metrics: { accuracy: logged.accuracy } },
      });
      // The base64 that the password is sent as is masked too.
      for (const secret of [PASSWORD, basic('reader', PASSWORD).replace('Basic ', '')])
        expect(packed.log).toContain(`::add-mask::${secret}\n`);
    },
  );

  test('a logged model is packed too, and has the same content', async () => {
    const [byId, byVersion] = [
      await pack(`models:/${logged.logged}`, asUser('reader')),
      await pack('models:/churn/2', asUser('reader')),
    ];
    expect(byId.exitCode, byId.log).toBe(0);
    expect(byVersion.outputs['model-digest']).toBe(byId.outputs['model-digest']);
  });

  test('the server gives its artifacts to nobody without the sign-in', async () => {
    const ask = (authorization: string) =>
      fetch(`${server.url}/api/2.0/mlflow-artifacts/artifacts?path=${logged.experiment}/models`, {
        headers: authorization === '' ? {} : { authorization },
      }).then(({ status }) => status);
    expect(await ask('')).toBe(401);
    expect(await ask(basic('nobody', PASSWORD))).toBe(403);
    expect(await ask(basic('reader', PASSWORD))).toBe(200);
  });

  const NOT_ACCEPTED =
    'MLflow at HOST does not accept the sign-in (status 401): MLFLOW_TRACKING_USERNAME or MLFLOW_TRACKING_PASSWORD is wrong. Check both.';
  const notAllowed = (about: string) =>
    `MLflow at HOST accepts the sign-in, and does not let that user read ${about} (status 403). Give the user of MLFLOW_TRACKING_USERNAME the permission READ on the registered model and on its experiment.`;

  test.each<[string, SignIn, string]>([
    ['a wrong password', asUser('reader', WRONG.password), NOT_ACCEPTED],
    [
      'a password that is not ASCII',
      asUser('mueller', NOT_ASCII),
      'MLflow at HOST does not accept the sign-in (status 401): MLFLOW_TRACKING_USERNAME or MLFLOW_TRACKING_PASSWORD is wrong, or has a character that is not ASCII, which MLflow refuses when it hands out files. Check both.',
    ],
    ['a user that there is not', asUser('olga', WRONG.password), NOT_ACCEPTED],
    [
      'no sign-in',
      {},
      'MLflow at HOST asks for a sign-in (status 401), and none is set. Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD.',
    ],
    ['a user without any permission', asUser('nobody'), notAllowed('the model models:/churn/2')],
    [
      'a user without permission on the model',
      asUser('of-the-experiment-alone'),
      notAllowed('the model models:/churn/2'),
    ],
    [
      'a user without permission on the experiment',
      asUser('of-the-model-alone'),
      notAllowed('the model models:/churn/2'),
    ],
    [
      'a token, which this server does not know',
      asToken(WRONG.token),
      'MLflow at HOST asks for a user and a password (status 401), and the token of MLFLOW_TRACKING_TOKEN was sent. Set MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD instead.',
    ],
  ])('%s is refused', async (_, env, message) => {
    expectRefusal(await pack('models:/churn/2', env), message);
  });

  test('a user without a password is refused before anybody is asked', async () => {
    const packed = await pack('models:/churn/2', { MLFLOW_TRACKING_USERNAME: 'reader' });
    expect(packed.exitCode).toBe(1);
    expect(packed.error).toContain(
      'MLFLOW_TRACKING_USERNAME: is set, and MLFLOW_TRACKING_PASSWORD is not. Set both, or neither.',
    );
  });

  describe('behind a proxy that asks for a token', () => {
    const there = (env: SignIn): SignIn => ({ MLFLOW_TRACKING_URI: front.url, ...env });

    test.each<[string, SignIn, Readonly<Record<string, string>>]>([
      ['the variable', asToken(TOKEN), {}],
      ['the variable, and a line break behind it', asToken(`${TOKEN}\n`), {}],
      ['the input', {}, { 'mlflow-token': TOKEN }],
      ['the input before the environment', asUser('reader', WRONG.password), { 'mlflow-token': TOKEN }],
    ])('the right token is sent with every request: %s', async (_, env, inputs) => {
      const packed = await pack('models:/churn@champion', there(env), inputs);
      expect(packed.exitCode, packed.log).toBe(0);
      expect(new Set(front.asked.map(({ authorization }) => authorization))).toEqual(
        new Set([`Bearer ${TOKEN}`]),
      );
      const files = front.asked.filter(({ path }) => path.includes('/mlflow-artifacts/artifacts/'));
      expect(files.length).toBeGreaterThan(3);
    });

    test('a user and a password come before a token of the environment, as for MLflow’s own client', async () => {
      const packed = await pack('models:/churn/2', { ...asUser('reader'), ...asToken(WRONG.token) });
      expect(packed.exitCode, packed.log).toBe(0);
    });

    const WRONG_TOKEN = (name: string) =>
      `MLflow at FRONT does not accept the sign-in (status 401): ${name} is wrong or has expired. Set a new token.`;
    test.each<[string, SignIn, Readonly<Record<string, string>>, string]>([
      ['a wrong token', asToken(WRONG.token), {}, WRONG_TOKEN('MLFLOW_TRACKING_TOKEN')],
      ['a wrong token of the input', {}, { 'mlflow-token': WRONG.token }, WRONG_TOKEN('mlflow-token')],
      [
        'no token',
        {},
        {},
        'MLflow at FRONT asks for a sign-in (status 401), and none is set. Set MLFLOW_TRACKING_TOKEN.',
      ],
      [
        'a password',
        asUser('reader'),
        {},
        'MLflow at FRONT asks for a token (status 401), and the user and the password of MLFLOW_TRACKING_USERNAME and MLFLOW_TRACKING_PASSWORD were sent. Set MLFLOW_TRACKING_TOKEN instead.',
      ],
    ])('%s is refused', async (_, env, inputs, message) => {
      expectRefusal(await pack('models:/churn/2', there(env), inputs), message);
    });

    const notFollowed = (about: string) =>
      `MLflow at FRONT redirects to http://STRANGER for ${about}. That is not followed, because the sign-in is sent to no other address. If it is a page to sign in, set MLFLOW_TRACKING_TOKEN; if the server has moved, change mlflow-tracking-uri; otherwise set model-path to a folder with the model.`;

    test('a redirection to another host is not followed', async () => {
      front.instead = (path, response) => {
        response.writeHead(302, { location: `${stranger.url}${path}` }).end();
        return true;
      };
      expectRefusal(
        await pack('models:/churn/2', there(asToken(TOKEN))),
        notFollowed('the model models:/churn/2 (status 302)'),
      );
    });

    test('nor is a file at a pre-signed URL of another host, and what was downloaded is removed', async () => {
      front.instead = (path, response) => {
        if (!path.endsWith('/model.onnx')) return false;
        response.writeHead(307, { location: `${stranger.url}/m?X-Amz-Signature=0123abcd` }).end();
        return true;
      };
      const packed = await pack('models:/churn/2', there(asToken(TOKEN)));
      const file = /the file "[^"]+\/model\.onnx"/.exec(packed.error)?.[0] ?? '';
      expectRefusal(packed, notFollowed(`${file} (status 307)`));
      expect(packed.log).not.toContain('0123abcd');
    });

    test.each([
      ['the artifact of another server', (host: string) => `mlflow-artifacts://${host}/0/models`],
      ['a pre-signed URL', (host: string) => `http://${host}/m?X-Amz-Signature=0123abcd`],
    ])('%s is not asked for', async (_, place) => {
      front.instead = (path, response) => {
        if (!path.includes('/get-download-uri')) return false;
        response.end(JSON.stringify({ artifact_uri: place(new URL(stranger.url).host) }));
        return true;
      };
      const packed = await pack('models:/churn/1', there(asToken(TOKEN)));
      expect(packed.exitCode).toBe(1);
      expect(packed.error).toContain('which cannot be read from here');
      expect(packed.log).not.toContain('0123abcd');
      expect(Object.values(packed.outputs).join('')).toBe('');
    });
  });
});

/** What the files below a folder hold, one after the other. */
function filesBelow(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => readFileSync(path, 'utf8'));
}
