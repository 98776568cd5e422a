/** Tells the workflows what to do, and finds and notes the release that goes from one environment to the next. */
import type { Config } from '../../core/config/config-file.ts';
import { UserError, type Problem } from '../../core/errors.ts';
import { code, table } from '../../core/markdown.ts';
import { findNewest, keepNewest } from '../../core/release/newest.ts';
import { storeKeys } from '../../core/stores.ts';
import { platformOf } from '../../platforms/table.ts';
import { comment } from './comment.ts';
import type { Inputs } from './inputs.ts';
import type { ResolvePorts } from './ports.ts';
import { request } from './request.ts';
import { findCheck, findRoute, type Route } from './settings.ts';

/** @throws UserError with every problem at once. */
export async function run(inputs: Inputs, ports: ResolvePorts): Promise<void> {
  switch (inputs.command) {
    case 'settings':
      report(findRoute(inputs, await ports.readConfig(), ports.context, ports.sampleUrl), ports);
      return;
    case 'check':
      check(inputs, await ports.readConfig(), ports);
      return;
    case 'platform':
      platform(inputs, ports);
      return;
    case 'newest':
      return newest(inputs, ports);
    case 'keep':
      return keep(inputs, ports);
    case 'request':
      return request(inputs, ports);
    case 'comment':
      return comment(inputs, ports);
  }
}

function report(route: Route, { report, log }: ResolvePorts): void {
  report.output('mode', route.mode);
  report.output('environment', route.environment);
  report.output('model-name', route.modelName);
  report.output('models', JSON.stringify(route.models));
  report.output('environments', JSON.stringify(route.environments));
  report.output('target', route.target);
  report.output('endpoint-name', route.endpointName);
  report.output('aws-region', route.awsRegion);
  report.output('aws-role-arn', route.awsRoleArn);
  report.output('aws-package-role-arn', route.awsPackageRoleArn);
  report.output('aws-image-role-arn', route.awsImageRoleArn);
  report.output('aws-plan-role-arn', route.awsPlanRoleArn);
  report.output('artifact-store', route.artifactStore);
  report.output('aws', route.aws);
  report.output('build', route.build);
  report.output('image', route.image);
  report.output('promote-from', route.promoteFrom);
  report.output('approval', route.approval);
  report.output('github-environment', route.githubEnvironment);
  if (route.idle !== null) {
    log[route.idle.level](route.idle.message);
    return;
  }
  const source =
    route.promoteFrom === ''
      ? route.build
        ? 'built here'
        : 'the given record'
      : `from ${route.promoteFrom}`;
  const rows = [
    ['Environment', code(route.environment)],
    ['Endpoint', `${code(route.endpointName)} on ${code(route.target)}`],
    ['Release', source],
    ['Approval', route.approval],
  ];
  report.summary(`### Release\n\n${table(['', ''], rows)}`);
  log.info(
    `${route.environment}: ${route.endpointName} on ${route.target}, release ${source}, approval ${route.approval}.`,
  );
}

function check(inputs: Inputs, config: Config | null, { report, log }: ResolvePorts): void {
  const { modelName, environment } = findCheck(inputs, config);
  report.output('model-name', modelName);
  report.output('environment', environment);
  log.info(
    environment === ''
      ? 'Checked with the settings that hold for every environment.'
      : `Checked with the settings of ${environment}.`,
  );
}

function platform({ target }: Inputs, { report, log }: ResolvePorts): void {
  if (target === null) throw missing({ target });
  const { title, login } = platformOf(target);
  report.output('target', target);
  report.output('aws', login.includes('aws'));
  log.info(
    login.length === 0 ? `${title} needs no login.` : `${title} needs a login to ${login.join(', ')}.`,
  );
}

async function newest(inputs: Inputs, ports: ResolvePorts): Promise<void> {
  const { promoteFrom: environment, artifactStore: url } = inputs;
  if (environment === null || url === null)
    throw missing({ 'promote-from': environment, 'artifact-store': url });
  const store = await ports.openStore(url);
  const place = placeOf(inputs, environment, ports);
  const { digest, record, at } = await findNewest(store, place, inputs.digestKey);
  ports.report.output('release-record', store.urlOf(storeKeys.release(digest)));
  ports.report.output('release-digest', digest);
  ports.log.notice(
    `Promoting release ${digest.slice(0, 12)} of ${environment}, made from commit ${record.source.commit.slice(0, 12)}, the newest since ${at}.`,
  );
  if (inputs.digestKey === null) {
    ports.log.notice(
      `This is not signed: anybody who can write to ${url} can choose among the verified releases of ${environment}. Set the secret ML_DEPLOY_DIGEST_KEY.`,
    );
  }
}

async function keep(inputs: Inputs, ports: ResolvePorts): Promise<void> {
  const { environment, artifactStore: url, releaseDigest: digest } = inputs;
  if (environment === null || url === null || digest === null) {
    throw missing({ environment, 'artifact-store': url, 'release-digest': digest });
  }
  const store = await ports.openStore(url);
  await keepNewest(store, placeOf(inputs, environment, ports), digest, ports.clock.now(), inputs.digestKey);
  ports.report.output('release-digest', digest);
  ports.log.info(`The newest verified release of ${environment} is ${digest}.`);
}

function placeOf({ modelName }: Inputs, environment: string, { context }: ResolvePorts) {
  return { repository: context.repository, environment, model: modelName };
}

function missing(inputs: Readonly<Record<string, string | null>>): UserError {
  const absent = Object.entries(inputs).filter(([, value]) => value === null);
  return UserError.of(
    absent.map(([where]): Problem => ({ where, message: 'is required for this command.' })),
  );
}
