/**
 * The main job: `npm run pipeline`. A real model goes through the built actions, by the runner protocol, in the order
 * of the real workflow; two of the four releases are bad and have to be refused.
 */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import { parseArgs, styleText } from 'node:util';
import { root } from '../lib/paths.ts';
import { runAction } from '../lib/runner-protocol.ts';
import { startBeds, type Beds } from './beds.ts';
import { progress } from './progress.ts';
import { pushImage } from './push-image.ts';
import { ownRelease, sampleReleases, type ReleaseStory } from './releases.ts';
import { htmlReport } from './report.ts';
import { takeThrough, type ReleaseResult } from './route.ts';
import { Runner } from './steps.ts';
import { printSummary } from './summary.ts';

const USAGE = `npm run pipeline [-- OPTIONS]

  --keep               leave the endpoint serving
  --stop               stop an endpoint that --keep left, and nothing else
  --model FILE.onnx    a model of your own instead of the sample, with
  --cases FILE           its cases: {"instances": [...], "labels": [...]}; labels are optional
  --reference FILE.onnx  compare with this model (default: the model itself)
  --min-accuracy N       the lowest accuracy that passes
  --help               this text`;

const ENDPOINT = 'sample-dev';
const HOME = join(root, 'build/pipeline');
const REPORT = join(HOME, 'index.html');

interface Options {
  readonly keep: boolean;
  readonly stop: boolean;
  readonly releases: readonly ReleaseStory[];
}

function readOptions(): Options {
  const { values } = parseArgs({
    options: {
      keep: { type: 'boolean', default: false },
      stop: { type: 'boolean', default: false },
      model: { type: 'string' },
      cases: { type: 'string' },
      reference: { type: 'string' },
      'min-accuracy': { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    process.exit(0);
  }
  const { model, cases, reference } = values;
  if (model === undefined) {
    if (cases ?? reference ?? values['min-accuracy'])
      throw new Error('--cases, --reference and --min-accuracy go with --model.');
    return { keep: values.keep, stop: values.stop, releases: sampleReleases };
  }
  if (cases === undefined) throw new Error('--model needs --cases FILE: the rows to send to the endpoint.');
  for (const file of [model, cases, reference]) {
    if (file !== undefined && !existsSync(file)) throw new Error(`There is no file ${file}.`);
  }
  const own = ownRelease(
    resolve(model),
    resolve(cases),
    reference ? resolve(reference) : null,
    values['min-accuracy'] ?? '',
  );
  return { keep: values.keep, stop: values.stop, releases: [own] };
}

/** What the steps see of a runner; the GitHub and the Slack in it are the emulators. */
function runnerEnvironment(beds: Beds): Record<string, string> {
  return {
    GITHUB_ACTIONS: 'true',
    GITHUB_WORKSPACE: join(HOME, 'workspace'),
    RUNNER_TEMP: join(HOME, 'temp'),
    GITHUB_REPOSITORY: beds.repository,
    GITHUB_ACTOR: beds.initiator,
    GITHUB_TRIGGERING_ACTOR: beds.initiator,
    GITHUB_SHA: '0'.repeat(40),
    GITHUB_REF: 'refs/heads/main',
    GITHUB_RUN_ID: '1',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_WORKFLOW: 'deploy',
    GITHUB_JOB: 'release',
    GITHUB_EVENT_NAME: 'push',
    GITHUB_API_URL: beds.githubUrl,
    SLACK_API_URL: beds.slackUrl,
    ML_DEPLOY_POLL_SECONDS: '0.2',
  };
}

/** What can be sent to the endpoint of a story's model: the first row of its cases. */
function oneRow(story: ReleaseStory | undefined): string | null {
  if (story === undefined || sampleReleases.includes(story)) return 'model/cases/one-row.json';
  try {
    const { instances } = JSON.parse(readFileSync(story.cases, 'utf8')) as { instances: unknown[] };
    const path = join(HOME, 'one-row.json');
    writeFileSync(path, JSON.stringify({ instances: instances.slice(0, 1) }));
    return relative(process.cwd(), path);
  } catch {
    // Cases may be CSV too.
    return null;
  }
}

async function teardown(): Promise<void> {
  const workspace = join(HOME, 'workspace');
  if (!existsSync(join(workspace, '.ml-deploy/local', ENDPOINT))) return;
  const run = await runAction('deploy-endpoint', {
    inputs: { command: 'teardown', target: 'local', 'endpoint-name': ENDPOINT, confirm: ENDPOINT },
    env: { GITHUB_WORKSPACE: workspace, RUNNER_TEMP: join(HOME, 'temp') },
  });
  if (run.exitCode === 0)
    progress.step('deploy-endpoint teardown', run.outputs.outcome ?? '', run.milliseconds, true);
  else throw new Error(`The endpoint could not be torn down: ${run.error}`);
}

async function prepare(): Promise<void> {
  await teardown();
  rmSync(HOME, { recursive: true, force: true });
  for (const folder of ['workspace', 'temp']) mkdirSync(join(HOME, folder), { recursive: true });
}

async function pipeline(options: Options): Promise<boolean> {
  const started = performance.now();
  await prepare();
  const beds = await startBeds();
  const runner = new Runner(runnerEnvironment(beds), join(HOME, 'workspace'));
  const results: ReleaseResult[] = [];
  let failure = '';
  try {
    progress.note(
      'GitHub and Slack are emulators in this process; the actions, the model and the endpoint are real.',
    );
    await pushImage(runner);
    for (const story of options.releases) {
      progress.title(`${story.name}: ${story.title}`);
      const serving = results.at(-1)?.runningVersion ?? '';
      results.push(await takeThrough(story, { runner, beds, endpoint: ENDPOINT }, serving));
    }
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
  } finally {
    await beds.close();
  }
  const url = runner.steps.findLast((step) => step.outputs['endpoint-url'])?.outputs['endpoint-url'] ?? '';
  if (!options.keep) await teardown();
  const report = {
    steps: runner.steps,
    results,
    failure,
    url,
    kept: options.keep,
    row: oneRow(options.releases.at(-1)),
    milliseconds: performance.now() - started,
  };
  writeFileSync(REPORT, htmlReport(report));
  printSummary(report, REPORT);
  return failure === '';
}

try {
  const options = readOptions();
  if (options.stop) {
    await teardown();
    console.log('No endpoint of the main job serves now.');
  } else {
    process.exitCode = (await pipeline(options)) ? 0 : 1;
  }
} catch (error) {
  console.error(styleText('red', error instanceof Error ? error.message : String(error)));
  console.error('See npm run pipeline -- --help.');
  process.exitCode = 2;
}
