/**
 * The image of model/Dockerfile.lambda as processes: serve.py behind AWS's own Lambda Web Adapter, in AWS's emulator, with
 * the variables that the Dockerfile sets. Events are those of smoke-test, of an HTTP API, and of a REST API.
 */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { answerOf, eventOf } from '../../../src/platforms/lambda/event.ts';
import type { Returned } from '../../fakes/aws/lambda/state.ts';
import { startServed, whyNoAdapter, whyNoLambda, type Running } from '../beds/lambda-bed.ts';
import { freePort } from '../beds/processes.ts';
import { train, whyNoPython } from '../python/python-bed.ts';

const missing = whyNoLambda() ?? whyNoAdapter() ?? whyNoPython();
if (missing !== null) console.log(`the server behind AWS's adapter: ${missing}`);

type Name = 'whole' | 'failing' | 'broken';

/** The variables of the image, but for the port, which is free here. */
function imageVariables(port: number): Record<string, string> {
  const text = readFileSync(join(root, 'model/Dockerfile.lambda'), 'utf8');
  const found = [...text.matchAll(/\b(AWS_LWA_\w+)=(\S+)/g)].map(([, name = '', value = '']) => [
    name,
    value,
  ]);
  expect(found.map(([name]) => name)).toContain('AWS_LWA_ERROR_STATUS_CODES');
  return {
    ...(Object.fromEntries(found) as Record<string, string>),
    AWS_LWA_PORT: String(port),
    SAGEMAKER_BIND_TO_PORT: String(port),
  };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html (1.0) */
function restEvent(path: string, body: string): unknown {
  const headers = { 'content-type': 'application/json', Host: 'x.execute-api.eu-west-1.amazonaws.com' };
  const multiValueHeaders = Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value]]),
  );
  const of = {
    accountId: '123456789012',
    apiId: 'x',
    httpMethod: 'POST',
    identity: { sourceIp: '127.0.0.1' },
  };
  const at = { path: `/live${path}`, protocol: 'HTTP/1.1', requestId: 'r', requestTimeEpoch: 0 };
  return {
    resource: path,
    path,
    httpMethod: 'POST',
    headers,
    multiValueHeaders,
    requestContext: { ...of, ...at, resourceId: 'r', resourcePath: path, stage: 'live' },
    body,
    isBase64Encoded: false,
  };
}

describe.skipIf(missing !== null)(`the server behind AWS's adapter ${missing ?? ''}`, () => {
  const work = mkdtempSync(join(tmpdir(), 'ml-deploy-adapter-'));
  const cases = JSON.parse(readFileSync(join(root, 'model/cases/held-out.json'), 'utf8')) as {
    readonly instances: readonly (readonly number[])[];
    readonly labels: readonly number[];
  };
  const running = new Map<Name, Running>();

  /** @param change of inference.py */
  async function start(name: Name, change: (code: string) => string): Promise<void> {
    const model = join(work, name, 'model');
    mkdirSync(model, { recursive: true });
    cpSync(join(work, 'trained/build/v2'), model, { recursive: true });
    cpSync(join(root, 'model/code'), join(model, 'code'), { recursive: true });
    const path = join(model, 'code/inference.py');
    const code = readFileSync(path, 'utf8');
    writeFileSync(path, change(code));
    const server = join(root, 'model/serve.py');
    const env = imageVariables(await freePort());
    const ports = [await freePort(), await freePort()] as const;
    const log = join(work, `${name}.log`);
    running.set(name, await startServed({ opt: join(work, name, 'opt'), server, model, env, ports, log }));
  }

  beforeAll(async () => {
    train(join(work, 'trained'));
    await start('whole', (code) => code);
    await start(
      'failing',
      (code) => `${code}\n\ndef predict_fn(*_):\n    raise RuntimeError("out of memory")\n`,
    );
    await start('broken', (code) => `${code}\nimport no_such_module\n`);
  });

  afterAll(async () => {
    for (const found of running.values()) await found.stop();
    rmSync(work, { recursive: true, force: true });
  });

  const invoke = async (name: Name, event: unknown): Promise<Returned> => {
    const found = running.get(name);
    if (found === undefined) throw new Error(`${name} does not run`);
    return found.invoke(event);
  };
  const ping = () => JSON.parse(eventOf({ method: 'GET', path: '/ping' })) as unknown;
  const predict = (text: string, path = '/predict') =>
    JSON.parse(
      eventOf({ method: 'POST', path, contentType: 'application/json', body: Buffer.from(text) }),
    ) as unknown;
  const answered = ({ payload }: Returned) => {
    const { status, body } = answerOf(Buffer.from(JSON.stringify(payload)));
    return { status, text: Buffer.from(body).toString() };
  };

  test('answers alike by Invoke, an HTTP API and a REST API, and as the labels mostly say', async () => {
    expect(answered(await invoke('whole', ping())).status).toBe(200);
    const text = JSON.stringify({ instances: cases.instances });
    const second = answered(await invoke('whole', predict(text)));
    expect(second.status).toBe(200);
    const { predictions } = JSON.parse(second.text) as { predictions: number[] };
    const right = predictions.filter((value, at) => value === cases.labels[at]).length;
    expect(right / cases.labels.length).toBeGreaterThan(0.95);
    expect(answered(await invoke('whole', predict(text, '/invocations')))).toEqual(second);
    // Its stage is in the address that callers use, and no part of what the server is asked.
    expect(answered(await invoke('whole', restEvent('/predict', text)))).toEqual(second);
  });

  test('Lambda 8: tells a caller what is wrong, and makes an error of an answer of 500', async () => {
    expect(answered(await invoke('whole', predict('{"instances": "x"}')))).toMatchObject({
      status: 400,
      text: expect.stringContaining('must be a list of rows'),
    });
    const failed = await invoke(
      'failing',
      predict(JSON.stringify({ instances: cases.instances.slice(0, 1) })),
    );
    expect(failed.error).toBe('Unhandled');
    expect(JSON.stringify(failed.payload)).toContain('500');
  });

  test('does not start where its code does not', async () => {
    const failed = await invoke('broken', ping());
    expect(failed.error).toBe('Unhandled');
    expect(readFileSync(join(work, 'broken.log'), 'utf8')).toContain('no_such_module');
  });
});
