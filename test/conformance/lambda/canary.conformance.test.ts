/**
 * The built deploy-endpoint releases two versions of the sample, the second by a canary, while callers ask the alias that
 * serves. Behind the versions are AWS's own runtime and the handler of examples/lambda-handler with the real models; the
 * control plane is the fake, in whose time the processes live.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Lambda } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { root } from '../../../scripts/lib/paths.ts';
import { answerOf, eventOf } from '../../../src/platforms/lambda/event.ts';
import type { AwsCloud } from '../../faults/real-aws.ts';
import { RealBench, REAL_ENDPOINT, type Inputs } from '../../faults/real-bench.ts';
import { lambda, modelIn } from '../../faults/real-lambda.ts';
import { whyNoLambda, type Running } from '../beds/lambda-bed.ts';
import { train, whyNoPython } from '../python/python-bed.ts';
import { heldOut, startSample } from './sample-handler.ts';

const missing = whyNoLambda() ?? whyNoPython();
if (missing !== null) console.log(`a canary in AWS's runtime: ${missing}`);

const PERCENT = 25;
const REQUESTS = 400;
const CANARY = { strategy: 'canary', 'step-percent': String(PERCENT), 'bake-minutes': '5' };

describe.skipIf(missing !== null)(`Lambda 1: the built bundle, in AWS's runtime ${missing ?? ''}`, () => {
  const work = mkdtempSync(join(tmpdir(), 'ml-deploy-canary-'));
  const running = new Map<string, Running>();
  /** What each model says to the rows. */
  const expected = new Map<string, string>();
  let bench: RealBench<AwsCloud>;
  const rows = JSON.stringify({ instances: heldOut().instances.slice(0, 40) });
  const Payload = eventOf({
    method: 'POST',
    path: '/predict',
    contentType: 'application/json',
    body: Buffer.from(rows),
  });

  beforeAll(async () => {
    train(join(work, 'trained'));
    for (const model of ['1', '2'])
      running.set(model, await startSample({ work, name: model, release: `v${model}` }));
    bench = await RealBench.open(lambda, process.env.ML_DEPLOY_TEST_DIST ?? join(root, 'dist'));
    bench.cloud.aws.lambda.handler = async ({ image, event }) => {
      const found = running.get(modelIn(bench.cloud.aws, image));
      if (found === undefined) throw new Error(`no function for ${image}`);
      return found.invoke(event);
    };
    for (const [model, found] of running) {
      const { payload } = await found.invoke(JSON.parse(Payload));
      expected.set(model, textOf(Buffer.from(JSON.stringify(payload))));
    }
    // Which of them has answered is to be seen.
    expect(expected.get('1')).not.toBe(expected.get('2'));
  });

  afterAll(async () => {
    for (const found of running.values()) await found.stop();
    await bench.dispose();
    rmSync(work, { recursive: true, force: true });
  });

  function textOf(payload: Uint8Array): string {
    const { status, body } = answerOf(payload);
    expect(status).toBe(200);
    return Buffer.from(body).toString();
  }

  /** @returns the models that have answered, by what they said */
  async function ask(requests: number): Promise<string[]> {
    const client = new Lambda(bench.cloud.aws.client);
    const answered: string[] = [];
    for (let sent = 0; sent < requests; sent++) {
      const call = { FunctionName: REAL_ENDPOINT, Qualifier: 'live', Payload };
      const answer = await client.invoke(call);
      expect(answer.FunctionError).toBeUndefined();
      const text = textOf(answer.Payload ?? new Uint8Array());
      answered.push([...expected].find(([, known]) => known === text)?.[0] ?? text);
    }
    client.destroy();
    return answered;
  }

  async function must(inputs: Inputs, outcome: string): Promise<void> {
    const run = await bench.run(inputs);
    expect([run.exitCode, run.outputs.outcome], run.log).toEqual([0, outcome]);
  }

  test('a canary gives the new version its share of 400 requests; before, none; none fails', async () => {
    await must(bench.request(1), 'deployed');
    const whileStaged: string[] = [];
    bench.cloud.aws.inject({
      on: /^lambda:(?:Update|Publish|Create)/,
      times: Infinity,
      after: async () => {
        whileStaged.push(...(await ask(10)));
        return undefined;
      },
    });
    await must({ ...bench.request(2), ...CANARY, command: 'stage' }, 'staged');
    bench.cloud.aws.forget();
    whileStaged.push(...(await ask(10)));
    expect(whileStaged.length).toBeGreaterThanOrEqual(40);
    expect(new Set(whileStaged)).toEqual(new Set(['1']));

    let during: string[] = [];
    bench.cloud.aws.inject({
      on: 'cloudwatch:GetMetricData',
      before: async () => {
        during = await ask(REQUESTS);
        return undefined;
      },
    });
    await must({ ...bench.request(2), ...CANARY, command: 'promote' }, 'promoted');
    expect(during).toHaveLength(REQUESTS);
    const share = during.filter((model) => model === '2').length / REQUESTS;
    console.log(`of ${REQUESTS} requests, ${share * 100} % were answered by the new version (${PERCENT} %)`);
    const sigma = Math.sqrt(((PERCENT / 100) * (1 - PERCENT / 100)) / REQUESTS);
    expect(Math.abs(share - PERCENT / 100)).toBeLessThanOrEqual(3 * sigma);
    expect(new Set(await ask(20))).toEqual(new Set(['2']));
  });
});
