/** Other people's functions, APIs and rules. */
import type { LambdaFunction } from '../lambda/state.ts';
import type { World } from '../world.ts';
import type { Thing } from './other-people.ts';
import { LONG_AGO, MANY } from './sagemaker.ts';

const MARKS = { 'ml-deploy:endpoint': 'churn', 'ml-deploy:repository': 'globex/churn' };

export function lambdaOf(world: World): Thing[] {
  const named = (name: string, tags: Record<string, string> = {}): Thing => {
    const arn = world.arn('lambda', `function:${name}`);
    return {
      of: ({ lambda }) => lambda.functions,
      key: name,
      value: functionOf(name, arn, tags),
      arn,
      alike: false,
    };
  };
  return [
    named('fraud'),
    // Called like a function of ours, with our tags of another repository.
    named('churn-eu', { ...MARKS, 'ml-deploy:endpoint': 'churn-eu' }),
    ...Array.from({ length: MANY }, (_, at) => apiOf(world, at)),
  ];
}

function functionOf(name: string, arn: string, tags: Record<string, string>): LambdaFunction {
  const latest: LambdaFunction['latest'] = {
    number: '$LATEST',
    settings: { Role: 'arn:aws:iam::123456789012:role/fraud', PackageType: 'Image' },
    imageUri: '123456789012.dkr.ecr.eu-west-1.amazonaws.com/fraud-serving:1',
    codeSha256: 'f'.repeat(64),
    description: '',
    revision: '22222222-2222-4222-8222-222222222222',
    modified: LONG_AGO,
    state: 'Active',
    stateReason: undefined,
    stateCode: undefined,
    update: 'Successful',
    updateReason: undefined,
    updateCode: undefined,
    warm: 1,
  };
  return {
    name,
    arn,
    latest,
    published: [],
    lastNumber: 0,
    aliases: new Map(),
    policies: new Map(),
    tags,
    provisioned: new Map(),
    urls: new Map(),
  };
}

/** More than one page of APIs, one of them called like ours, with the tags of another repository. */
function apiOf(world: World, at: number): Thing {
  const id = `0ther${String(at).padStart(5, '0')}`;
  const Tags = at === 50 ? MARKS : {};
  const value = {
    id,
    created: LONG_AGO,
    spec: { Name: at === 50 ? 'churn' : `shop-${at}`, ProtocolType: 'HTTP' as const, Tags },
    integrations: new Map(),
    routes: new Map(),
    stages: new Map(),
    authorizers: new Map(),
  };
  const arn = `arn:${world.partition}:apigateway:${world.region}::/apis/${id}`;
  return { of: ({ gateway }) => gateway.apis, key: id, value, arn, alike: false };
}
