/**
 * Lambda for the workflows: the control plane and ECR are the fake's, S3 and STS moto's. Functions answer as the models in
 * their images do, run by ONNX Runtime. Nobody pulls an image, and none is built here: what push-image makes is another
 * test's (push-image.conformance.test.ts).
 */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../../../scripts/lib/paths.ts';
import { runAction } from '../../../scripts/lib/runner-protocol.ts';
import type { ModelSession } from '../../../src/core/model-session.ts';
import { IN_ITS_TIME } from '../../faults/real-bench.ts';
import { ACCOUNT, REGION } from '../beds/s3-bed.ts';
import type { AwsSide } from './aws-side.ts';
import { answerOf, openModel } from './model-containers.ts';

export const IMAGES = `${ACCOUNT}.dkr.ecr.${REGION}.amazonaws.com/churn-serving`;

export interface Made {
  /** Of model/releases: its archive is in the image. */
  readonly release: string;
  /** The one whose model answers; that of `release` where absent. */
  readonly serves?: string;
  /** The `model.joblib` that the training puts beside it. */
  readonly joblib: string;
  /** What package-model gets as code-path. */
  readonly code?: string;
}

export interface LambdaSide {
  readonly env: Readonly<Record<string, string>>;
  /** Puts an image into ECR that is labelled with what it was made of, and answers as `serves` does. */
  addImage(tag: string, made: Made): Promise<void>;
  close(): Promise<void>;
}

export function startLambdaSide({ aws, env }: AwsSide): LambdaSide {
  const sessions = new Map<string, ModelSession>();
  aws.advance(Date.now() - aws.time.now().getTime());
  aws.perCall = { on: /^lambda:(?:Get|List)|:GetMetricData$/, milliseconds: 2000 };
  aws.addRole('churn-function', ['lambda.amazonaws.com']);
  aws.ecr.policies.set(`${ACCOUNT}/churn-serving`, '{"Principal":"lambda.amazonaws.com"}');
  aws.lambda.handler = async ({ image, event }) => {
    const { rawPath, body = '' } = event as { rawPath?: string; body?: string };
    if (rawPath === '/ping') return { payload: { statusCode: 200, body: '' } };
    const session = sessions.get(image);
    if (session === undefined) throw new Error(`no model in ${image}`);
    const answered = await answerOf(session, Buffer.from(body, 'base64').toString('utf8'));
    const headers = { 'content-type': 'application/json' };
    return { payload: { headers, statusCode: answered.status, body: answered.body } };
  };
  return {
    // Processes of the jobs live in the fake's time, so that a canary bakes as long as its calls take.
    env: { ...env, AWS_ENDPOINT_URL_ECR: aws.url, NODE_OPTIONS: IN_ITS_TIME.join('=') },
    addImage: async (tag, made) => {
      const labels = { 'ml-deploy.model-digest': await digestOf(made) };
      const { digest } = aws.pushImage('churn-serving', tag, { content: tag, image: { labels } });
      const label = made.serves ?? made.release;
      const bytes = readFileSync(join(root, 'model/releases', label, 'archive/model.onnx'));
      sessions.set(digest.replace('sha256:', ''), await openModel(bytes, label));
    },
    close: async () => {
      for (const session of sessions.values()) await session.close();
    },
  };
}

/** Of what package-model makes of it. */
async function digestOf({ release, joblib, code }: Made): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'ml-deploy-digest-'));
  try {
    const archive = join(folder, 'archive');
    cpSync(join(root, 'model/releases', release, 'archive'), archive, { recursive: true });
    writeFileSync(join(archive, 'model.joblib'), joblib);
    const { exitCode, log, outputs } = await runAction('package-model', {
      inputs: {
        'model-path': archive,
        'reference-path': join(root, 'model/releases', release, 'reference.onnx'),
        ...(code === undefined ? {} : { 'code-path': code }),
      },
      cwd: folder,
      env: { GITHUB_WORKSPACE: folder, RUNNER_TEMP: join(folder, 'temp') },
    });
    if (exitCode !== 0) throw new Error(log);
    return outputs['model-digest'] ?? '';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
