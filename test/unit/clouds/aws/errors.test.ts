/** Each client of AWS with each failure of the vocabulary: one wording, and its page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { root } from '../../../../scripts/lib/paths.ts';
import { createEcr } from '../../../../src/adapters/ecr/ecr.ts';
import { keepDeployedImage } from '../../../../src/adapters/ecr/keep-image.ts';
import { createSigner } from '../../../../src/clouds/aws/sigv4.ts';
import { findModelPackage } from '../../../../src/adapters/model-registry/model-package.ts';
import { createModelRegistry } from '../../../../src/adapters/model-registry/model-registry.ts';
import { createAwsClients } from '../../../../src/clouds/aws/clients.ts';
import { ecrRegistryOf } from '../../../../src/clouds/aws/ecr-registry.ts';
import { AWS_FAILURES, type AwsFailureKind } from '../../../../src/clouds/aws/error-kinds.ts';
import { AwsFailure, awsFailure, failureKind } from '../../../../src/clouds/aws/errors.ts';
import { CancelledError, pageOf, UpstreamError } from '../../../../src/core/errors.ts';
import { createInvoker } from '../../../../src/platforms/sagemaker/invoker.ts';
import { S3Store } from '../../../../src/stores/s3/s3-store.ts';
import { errorAnswer } from '../../../fakes/aws/answer.ts';
import { AwsError } from '../../../fakes/aws/errors.ts';
import { signedFor, type Protocol, type RawRequest } from '../../../fakes/aws/route.ts';
import type { Fate } from '../../../fakes/aws/server.ts';
import { scopeOnly, wireTo } from '../../../fakes/aws/wire.ts';
import { FakeClock } from '../../../fakes/clock.ts';
import { PUBLISHED, SAYS, type Published } from './published-errors.ts';

const REGION = 'eu-west-1';
const ACCOUNT = '123456789012';
const DIGEST = `sha256:${'a'.repeat(64)}`;
const signal = new AbortController().signal;
const registry = ecrRegistryOf(ACCOUNT, REGION);

type Config = Readonly<Record<string, unknown>>;
type Use = (config: Config) => Promise<unknown>;

const kit = (config: Config) => createAwsClients({ region: REGION, config });

/** Each client of the kit, by its name there. */
const KIT: Readonly<Record<string, Use>> = {
  sageMaker: async (config) => {
    const sageMaker = await kit(config).sageMaker();
    return kit(config).call('sagemaker:ListEndpoints', () => sageMaker.listEndpoints({}));
  },
  runtime: async (config) => {
    const options = { clients: kit(config), clock: new FakeClock() };
    return (await createInvoker('churn', 'https://x', options)).invoke('{}', 'application/json', signal);
  },
  autoScaling: async (config) => {
    const client = await kit(config).autoScaling();
    const input = { ServiceNamespace: 'sagemaker' as const };
    return kit(config).call('application-autoscaling:DescribeScalableTargets', () =>
      client.describeScalableTargets(input),
    );
  },
  cloudWatch: async (config) => {
    const client = await kit(config).cloudWatch();
    return kit(config).call('cloudwatch:DescribeAlarms', () => client.describeAlarms({}));
  },
  logs: async (config) => {
    const client = await kit(config).logs();
    const input = { logGroupName: 'x' };
    return kit(config).call('logs:DescribeLogStreams', () => client.describeLogStreams(input));
  },
  lambda: async (config) => {
    const client = await kit(config).lambda();
    return kit(config).call('lambda:ListFunctions', () => client.listFunctions({}));
  },
  gateway: async (config) => {
    const client = await kit(config).gateway();
    return kit(config).call('apigateway:GET', () => client.getApis({}));
  },
  restGateway: async (config) => {
    const client = await kit(config).restGateway();
    return kit(config).call('apigateway:GET', () => client.getRestApis({}));
  },
  events: async (config) => {
    const client = await kit(config).events();
    return kit(config).call('events:ListRules', () => client.listRules({}));
  },
  iam: async (config) => {
    const client = await kit(config).iam();
    return kit(config).call('iam:GetRole', () => client.getRole({ RoleName: 'x' }));
  },
  ecr: async (config) => {
    const client = await kit(config).ecr();
    return kit(config).call('ecr:DescribeImages', () => client.describeImages({ repositoryName: 'churn' }));
  },
  s3: async (config) => {
    const client = await kit({ ...config, forcePathStyle: true }).s3();
    return kit(config).call('s3:GetObject', () => client.getObject({ Bucket: 'models', Key: 'x' }));
  },
  sts: async (config) => {
    const client = await kit(config).sts();
    return kit(config).call('sts:GetCallerIdentity', () => client.getCallerIdentity({}));
  },
  quotas: async (config) => {
    const client = await kit(config).quotas();
    const input = { ServiceCode: 'sagemaker' };
    return kit(config).call('servicequotas:ListServiceQuotas', () => client.listServiceQuotas(input));
  },
};

const store = (config: Config) =>
  S3Store.open('s3://models/churn', { region: REGION, endpoint: 'http://localhost', config });

/** Whoever calls AWS beside the platform. */
const CALLERS: Readonly<Record<string, Use>> = {
  'the S3 store, writing': async (config) => (await store(config)).put('a', 'x'),
  'the S3 store, reading': async (config) => (await store(config)).open('a'),
  'the S3 store, looking': async (config) => (await store(config)).exists('a'),
  'push-image, its account': (config) => createEcr({ signal, config }).ownRegistry(REGION),
  'push-image, its login': (config) => createEcr({ signal, config }).login(registry),
  'push-image, its repository': (config) => createEcr({ signal, config }).repository(registry, 'churn'),
  'push-image, a new repository': (config) =>
    createEcr({ signal, config }).createRepository(registry, 'churn', new Map(), null),
  'push-image, a scan': (config) => createEcr({ signal, config }).startScan(registry, 'churn', DIGEST),
  'push-image, its findings': (config) => createEcr({ signal, config }).scanState(registry, 'churn', DIGEST),
  'a deployed image': (config) => keepDeployedImage(`${registry.host}/churn@${DIGEST}`, { signal, config }),
  'a model package': (config) =>
    findModelPackage(`arn:aws:sagemaker:${REGION}:${ACCOUNT}:model-package/churn/1`, { signal, config }),
  'the model registry': (config) => {
    const context = { commit: '', repository: '', actor: '', runUrl: '' };
    const options = { region: REGION, clock: new FakeClock(), signal, pollMs: null, config };
    return createModelRegistry(options).register({
      ...{ group: 'churn', digest: 'd', url: 's3://b/k', compressed: true, framework: 'sklearn' },
      ...{ frameworkVersion: null, release: 'r', tags: null, context },
    });
  },
};

const ALL = Object.entries({ ...KIT, ...CALLERS });

/** Real clients that get this answer, whatever they ask. */
function answered(answer: (raw: RawRequest) => Fate, seen: RawRequest[] = []): Config {
  const requestHandler = wireTo((raw) => {
    seen.push(raw);
    return Promise.resolve(answer(raw));
  });
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };
  return { maxAttempts: 1, endpoint: 'http://localhost', credentials, signer: scopeOnly, requestHandler };
}

function protocolOf(raw: RawRequest): Protocol {
  if (raw.headers['x-amz-target'] !== undefined) return 'json';
  if (raw.headers['content-type']?.startsWith('application/x-www-form-urlencoded') === true) return 'query';
  return signedFor(raw) === 's3' ? 's3' : 'runtime';
}

const saying = ({ code, status, said }: Pick<Published, 'code' | 'status' | 'said'>) =>
  answered((raw) =>
    errorAnswer(protocolOf(raw), new AwsError(code, said, status), 'req-1', raw.method === 'HEAD'),
  );

const none = () =>
  Promise.reject(
    Object.assign(new Error('Could not load credentials from any providers'), {
      name: 'CredentialsProviderError',
    }),
  );

async function failureOf(use: Use, config: Config): Promise<AwsFailure> {
  const thrown: unknown = await use(config).catch((error: unknown) => error);
  if (thrown instanceof AwsFailure) return thrown;
  throw new Error(
    `no AwsFailure: ${thrown instanceof Error ? (thrown.stack ?? '') : JSON.stringify(thrown)}`,
  );
}

/** Kind, wording and page; what differs by the request is compared as a pattern. */
function expectVocabulary(failure: AwsFailure, kind: AwsFailureKind, said: string): void {
  const [message, page] = SAYS[kind];
  expect(failure.kind).toBe(kind);
  expect(pageOf(failure)).toBe(page);
  const plain = failure.message.replace(/ \([a-z0-9-]+:[A-Za-z0-9]+(?: on \S+)?: [^]*\)$/, '');
  expect(plain).not.toBe(failure.message);
  expect(failure.message).toContain(said);
  const pattern = message
    .split(/\{needs\}|\{guide\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&'))
    .join('[^]+');
  expect(plain).toMatch(new RegExp(`^${pattern}$`));
  expect(failure).toBeInstanceOf(UpstreamError);
  expect(failure.cause).toBeInstanceOf(Error);
}

test('the table has every client of the kit', () => {
  const { region: _, call: __, ...clients } = kit({});
  expect(Object.keys(KIT).sort()).toEqual(Object.keys(clients).sort());
});

test('the table has every failure', () => {
  const made = ['no-credentials', 'denied', 'missing', 'unreachable', 'no-region'];
  expect([...new Set([...PUBLISHED.map(({ kind }) => kind), ...made])].sort()).toEqual(
    [...AWS_FAILURES].sort(),
  );
});

describe.each(ALL)('%s', (name, use) => {
  it('without credentials', async () => {
    const failure = await failureOf(use, { ...saying(PUBLISHED[0]!), signer: undefined, credentials: none });
    expectVocabulary(failure, 'no-credentials', 'Could not load credentials from any providers');
  });

  it.each(PUBLISHED.filter(({ kind }) => !isAnswer(name, kind)))(
    '$kind: $code, $status',
    async (published) => {
      const failure = await failureOf(use, saying(published));
      const { kind, said } = afterHead(name, published);
      expectVocabulary(failure, kind, said);
    },
  );

  it('denied, with the permission that AWS names', async () => {
    const said = `User: arn:aws:sts::${ACCOUNT}:assumed-role/r/s is not authorized to perform: kms:Decrypt on resource: x because no identity-based policy allows the kms:Decrypt action`;
    for (const [code, status] of [
      ['AccessDeniedException', 400],
      ['AccessDenied', 403],
    ] as const) {
      const failure = await failureOf(use, saying({ code, status, said }));
      if (!isAnswer(name, 'denied')) expectVocabulary(failure, 'denied', said);
      expect(failure.problem).toMatch(/do not allow kms:Decrypt/);
      expect(failure.message).toMatch(/see docs\/iam/);
    }
  });

  it('denied without a word', async () => {
    const failure = await failureOf(
      use,
      saying({ code: 'AccessDenied', status: 403, said: 'Access Denied' }),
    );
    expect(failure.kind).toBe('denied');
    expect(failure.problem).toMatch(/do not allow (?:[a-z0-9-]+):[A-Z]\w+/);
  });

  it('that cannot be reached', async () => {
    const cut = answered(() => {
      throw Object.assign(new Error('getaddrinfo ENOTFOUND x.amazonaws.com'), { code: 'ENOTFOUND' });
    });
    if (isAnswer(name, 'unreachable')) await expect(use(cut)).rejects.toThrow('ENOTFOUND');
    else expectVocabulary(await failureOf(use, cut), 'unreachable', 'getaddrinfo ENOTFOUND');
  });
});

/** A model's endpoint answers by itself; only who asks is ours to explain. */
function isAnswer(name: string, kind: AwsFailureKind): boolean {
  return (
    name === 'runtime' && ['throttled', 'unavailable', 'unreachable', 'refused', 'missing'].includes(kind)
  );
}

/** Answers to HEAD have neither code nor words; those about the caller are asked for a second time. */
function afterHead(name: string, published: Published): Pick<Published, 'kind' | 'said'> {
  const { kind, status } = published;
  if (name !== 'the S3 store, looking') return published;
  const isCaller = ['wrong-credentials', 'expired-credentials', 'clock'].includes(kind);
  if (isCaller) return published;
  const bare = new Map<number, AwsFailureKind>([
    [400, 'refused'],
    [403, 'denied'],
    [429, 'throttled'],
  ]);
  return { kind: bare.get(status) ?? 'unavailable', said: `status ${status}` };
}

test.each(AWS_FAILURES)('the page of %s quotes its sentence', (kind) => {
  const [message, page] = SAYS[kind];
  const text = readFileSync(join(root, 'docs/failures', `${page}.md`), 'utf8');
  expect(text).toContain(message.split(/\{needs\}/)[0]!.trim());
});

describe('B5 the kind of an error', () => {
  const sdk = (name: string, message: string, status = 400) =>
    Object.assign(new Error(message), { name, $metadata: { httpStatusCode: status } });

  it.each([
    ['Could not find endpoint "arn:aws:sagemaker:eu-west-1:123456789012:endpoint/churn".', 'missing'],
    ['Could not find endpoint configuration "arn:aws:sagemaker:eu-west-1:1:endpoint-config/c".', 'missing'],
    ['Could not find model "arn:aws:sagemaker:us-east-1:307920926045:model/pytorch-tuning".', 'missing'],
    ['ModelPackageGroup arn:aws:sagemaker:us-east-1:1:model-package-group/hello does not exist.', 'missing'],
    ['Requested image 123456789012.dkr.ecr.eu-west-1.amazonaws.com/x:1 not found.', 'refused'],
    ['Could not find model data at s3://models/churn/model.tar.gz.', 'refused'],
    ['Could not access model data at s3://b/k. Please ensure that the role "arn:…" exists', 'refused'],
    ['Could not assume role arn:aws:iam::1:role/x. Please ensure that the role exists', 'refused'],
    ['Could not find CloudWatch alarm(s) [churn-errors].', 'refused'],
  ] as const)('that says %j is %s', (said, kind) => {
    expect(failureKind(sdk('ValidationException', said))).toBe(kind);
  });

  it.each([
    'ImageNotFoundException',
    'ResourceNotFound',
    'NoSuchKey',
    'NoSuchEntity',
    'ObjectNotFoundException',
  ])('%s is missing', (code) => expect(failureKind(sdk(code, 'x', 404))).toBe('missing'));

  it.each([
    [Object.assign(new Error('socket hang up'), { code: 'ECONNRESET' }), 'unavailable'],
    [Object.assign(new Error('slow'), { name: 'TimeoutError' }), 'unavailable'],
    [Object.assign(new Error('self-signed certificate in certificate chain'), { code: 'X' }), 'unreachable'],
    [sdk('SyntaxError', 'Unexpected token < in JSON', 403), 'unreachable'],
    [new Error('Region is missing'), 'no-region'],
    [
      Object.assign(new Error("ENOENT: no such file or directory, open '/token'"), { code: 'ENOENT' }),
      'no-credentials',
    ],
    [Object.assign(new Error('Token is expired.'), { name: 'TokenProviderError' }), 'expired-credentials'],
    [sdk('LimitExceededException', 'quota exceeded'), 'refused'],
    [sdk('SomethingNewException', 'x', 403), 'refused'],
  ] as const)('%s is %s', (error, kind) => expect(failureKind(error)).toBe(kind));

  it('of a mistake of ours is none, and it stays what it is', () => {
    const mistake = new TypeError('x is not a function');
    expect(failureKind(mistake)).toBeNull();
    expect(awsFailure(mistake, { operation: 'sts:GetCallerIdentity' })).toBe(mistake);
  });

  it('does not matter where the run is cancelled', () => {
    const error = sdk('ThrottlingException', 'x');
    expect(awsFailure(error, { operation: 'sts:X' }, AbortSignal.abort())).toBeInstanceOf(CancelledError);
  });
});

it('signing a request without credentials is said in the same words', async () => {
  const sign = createSigner({ service: 'lambda', region: REGION, credentials: none });
  const request = { url: 'https://x/', headers: {}, body: new Uint8Array() };
  const thrown = (await sign(request).catch((error: unknown) => error)) as AwsFailure;
  expect(thrown.message).toContain(SAYS['no-credentials'][0]);
  expect(pageOf(thrown)).toBe('credentials');
});

describe('a host that the network does not know', () => {
  const told = (host: string) =>
    new AwsFailure(
      'unreachable',
      { operation: 'sts:GetCallerIdentity' },
      Object.assign(new Error(`getaddrinfo ENOTFOUND ${host}`), { code: 'ENOTFOUND' }),
    ).message;

  it('of a region that nobody knows offers the nearest one', () => {
    expect(told('sts.eu-central-9.amazonaws.com')).toContain(
      'AWS may have no region eu-central-9. Did you mean "eu-central-1"?',
    );
  });

  it.each(['sts.eu-central-1.amazonaws.com', 'sts.amazonaws.com', 'minio.internal'])(
    '%s is of no wrong region',
    (host) => {
      expect(told(host)).not.toContain('may have no region');
    },
  );
});
