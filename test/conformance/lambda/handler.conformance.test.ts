/**
 * The handler of examples/lambda-handler and the sample's model in AWS's own runtime: what it answers to the events that
 * smoke-test and an HTTP API send, and a release of it, in which the fake of AWS has real functions behind its versions.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lambda } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf, eventOf } from '../../../src/platforms/lambda/event.ts';
import { makeLambdaBed, shaOf, type LambdaBed } from '../../platforms/lambda-bed.ts';
import { ENDPOINT } from '../../platforms/target-suite.ts';
import { whyNoLambda, type Running } from '../beds/lambda-bed.ts';
import { train, whyNoPython } from '../python/python-bed.ts';
import { heldOut, startSample } from './sample-handler.ts';

const missing = whyNoLambda() ?? whyNoPython();
if (missing !== null) console.log(`the Lambda handler in AWS's runtime: ${missing}`);

interface Answer {
  readonly status: number;
  readonly body: { readonly predictions?: readonly number[]; readonly error?: string };
}

describe.skipIf(missing !== null)(`the Lambda handler in AWS's runtime ${missing ?? ''}`, () => {
  const work = mkdtempSync(join(tmpdir(), 'ml-deploy-lambda-'));
  const cases = heldOut();
  const running = new Map<'one' | 'two' | 'broken', Running>();
  let bed: LambdaBed | null = null;

  beforeAll(async () => {
    train(join(work, 'trained'));
    running.set('one', await startSample({ work, name: 'one', release: 'v1' }));
    running.set('two', await startSample({ work, name: 'two', release: 'v2' }));
    const code = 'import no_such_module\n';
    running.set('broken', await startSample({ work, name: 'broken', release: 'v1', code }));
    const made = await makeLambdaBed();
    bed = made;
    const { images, aws } = made;
    const names = new Map([...running.keys()].map((name) => [shaOf(images[name]), name] as const));
    // Its code decides, not the fake.
    aws.lambda.images.clear();
    aws.lambda.handler = async ({ image, event }) => {
      const found = running.get(names.get(image) ?? 'broken');
      if (found === undefined) throw new Error(`no function for ${image}`);
      return found.invoke(event);
    };
  });

  afterAll(async () => {
    for (const found of running.values()) await found.stop();
    await bed?.dispose();
    rmSync(work, { recursive: true, force: true });
  });

  async function ask(event: string, name: 'one' | 'two' = 'two'): Promise<Answer> {
    const { payload } = (await running.get(name)?.invoke(JSON.parse(event))) ?? { payload: null };
    const { status, body } = answerOf(Buffer.from(JSON.stringify(payload)));
    return { status, body: JSON.parse(Buffer.from(body).toString()) as Answer['body'] };
  }
  const predict = (body: string, contentType = 'application/json') =>
    eventOf({ method: 'POST', path: '/predict', contentType, body: Buffer.from(body) });

  test('answers /ping with the model loaded, and every held-out row as its labels mostly say', async () => {
    expect((await ask(eventOf({ method: 'GET', path: '/ping' }))).status).toBe(200);
    const { status, body } = await ask(predict(JSON.stringify({ instances: cases.instances })));
    expect(status).toBe(200);
    const { predictions = [] } = body;
    expect(predictions).toHaveLength(cases.instances.length);
    const right = predictions.filter((value, at) => value === cases.labels[at]).length;
    expect(right / predictions.length).toBeGreaterThan(0.95);
  });

  test('tells a caller what is wrong, and lets what is its own fault be an error', async () => {
    expect(await ask(predict('{"instances": [[1, 2]]}'))).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining('30') },
    });
    expect((await ask(predict('1,2', 'text/html'))).status).toBe(415);
    const failed = await running.get('broken')?.invoke(JSON.parse(eventOf({ method: 'GET', path: '/ping' })));
    expect(failed?.error).toBe('Unhandled');
    expect(failed?.logs?.join()).toContain('no_such_module');
  });

  test('is released: one version, then another by a canary; code that does not start never serves', async () => {
    if (bed === null) throw new Error('there is no bed');
    const { aws, ports, target, requestWith } = bed;
    const deploy = async (name: 'one' | 'two' | 'broken') => {
      const strategy = { type: 'canary', stepPercent: 25, bakeMinutes: 5, alarms: [] } as const;
      return target.deploy(await target.plan(requestWith(name, {}, name === 'one' ? {} : { strategy })));
    };
    expect((await deploy('one')).outcome).toBe('deployed');
    const failed = await deploy('broken');
    expect(failed.outcome, failed.message).not.toBe('deployed');
    expect(failed.message).toContain('no_such_module');
    // Callers ask the alias while the second version gets its share.
    const lambda = new Lambda(aws.client);
    const answered: string[] = [];
    const before = ports.clock.onSleep;
    let asked = false;
    ports.clock.onSleep = async (now) => {
      await before(now);
      const weights = aws.lambda.functions.get(ENDPOINT)?.aliases.get('live')?.weights ?? {};
      if (asked || Object.keys(weights).length === 0) return;
      asked = true;
      const Payload = predict(JSON.stringify({ instances: cases.instances.slice(0, 2) }));
      for (let sent = 0; sent < 200; sent++) {
        const answer = await lambda.invoke({ FunctionName: ENDPOINT, Qualifier: 'live', Payload });
        expect(answer.FunctionError).toBeUndefined();
        expect(answerOf(answer.Payload ?? new Uint8Array()).status).toBe(200);
        answered.push(answer.ExecutedVersion ?? '');
      }
    };
    const result = await deploy('two');
    expect(result.outcome, result.message).toBe('deployed');
    expect(answered).toHaveLength(200);
    const live = aws.lambda.functions.get(ENDPOINT)?.aliases.get('live')?.version ?? '';
    const share = answered.filter((number) => number === live).length / answered.length;
    // Three standard deviations of 200 draws at 25 %.
    expect(Math.abs(share - 0.25)).toBeLessThanOrEqual(3 * Math.sqrt((0.25 * 0.75) / 200));
  });
});
