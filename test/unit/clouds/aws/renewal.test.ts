/** A6: credentials that end are asked for again, by the OIDC token of the job. */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createAwsClients } from '../../../../src/clouds/aws/clients.ts';
import {
  credentialsConfig,
  signWith,
  type CredentialProvider,
} from '../../../../src/clouds/aws/credentials.ts';
import { renewedCredentials, type RenewalOptions } from '../../../../src/clouds/aws/renewal.ts';
import { AwsError } from '../../../fakes/aws/errors.ts';
import { makeSageMakerBed, type SageMakerBed } from '../../../platforms/sagemaker-bed.ts';

const MINUTE = 60_000;
let bed: SageMakerBed;
let role: string;
let audiences: string[];
let hidden: string[];
beforeEach(async () => {
  bed = await makeSageMakerBed({ timeoutMs: 480 * MINUTE, pollMs: 30_000 }, { listen: true });
  role = bed.aws.addRole('ci/deployer');
  [audiences, hidden] = [[], []];
});
afterEach(async () => {
  signWith(null);
  await bed.dispose();
});

/** The job's credentials as the environment has them: without their end. */
function session(seconds = 3600, of = role): CredentialProvider {
  const env = bed.aws.sessions.signIn(of, seconds, 'release-17');
  return () =>
    Promise.resolve({
      accessKeyId: env.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: env.AWS_SECRET_ACCESS_KEY ?? '',
      sessionToken: env.AWS_SESSION_TOKEN ?? '',
    });
}

function renewing(more: Partial<RenewalOptions> = {}): CredentialProvider {
  const { aws, ports } = bed;
  const { endpoint, maxAttempts } = aws.client;
  return renewedCredentials({
    roleArn: role,
    region: aws.world.region,
    idToken: (audience) => {
      audiences.push(audience);
      const token = `id-token-${audiences.length}`;
      aws.sessions.tokens.add(token);
      return Promise.resolve(token);
    },
    jobs: session(),
    hide: (secret) => void hidden.push(secret),
    ...{ clock: ports.clock, log: ports.log, signal: ports.signal, config: { endpoint, maxAttempts } },
    ...more,
  });
}

const pass = (minutes: number) => {
  bed.ports.clock.advance(minutes * MINUTE);
  bed.aws.advance(minutes * MINUTE);
};
const requests = () => bed.aws.calls.filter(({ action }) => action === 'AssumeRoleWithWebIdentity');
const warnings = () =>
  bed.ports.log.lines.filter(({ level }) => level === 'warning').map(({ message }) => message);

describe('A6 credentials that end', () => {
  it('are asked for again five minutes before, as the same role and session', async () => {
    const credentials = renewing();
    const first = await credentials();
    expect(requests().map(({ input }) => input)).toEqual([
      {
        RoleArn: role,
        RoleSessionName: 'release-17',
        DurationSeconds: 3600,
        WebIdentityToken: 'id-token-1',
      },
    ]);
    expect(audiences).toEqual(['sts.amazonaws.com']);
    pass(54);
    expect(await credentials()).toBe(first);
    pass(2);
    const second = await credentials();
    expect(second.accessKeyId).not.toBe(first.accessKeyId);
    expect(requests()).toHaveLength(2);
    expect(warnings()).toEqual([]);
  });

  it('are asked for once by many calls at the same time', async () => {
    const credentials = renewing();
    const all = await Promise.all(Array.from({ length: 20 }, () => credentials()));
    expect(new Set(all.map(({ accessKeyId }) => accessKeyId)).size).toBe(1);
    expect(requests()).toHaveLength(1);
  });

  it('are hidden, and so is the token', async () => {
    const { secretAccessKey, sessionToken } = await renewing()();
    expect(hidden).toEqual(['id-token-1', secretAccessKey, sessionToken]);
  });

  it('are asked for where the job’s own are over already', async () => {
    const jobs = session();
    pass(61);
    const credentials = await renewing({ jobs })();
    expect(credentials.accessKeyId).not.toBe((await jobs()).accessKeyId);
    expect(requests()[0]?.input.RoleSessionName).toBe('GitHubActions');
  });

  it('are never exchanged for those of another role', async () => {
    const jobs = session(3600, bed.aws.addRole('somebody'));
    expect(await renewing({ jobs })()).toEqual(await jobs());
    expect(requests()).toEqual([]);
    expect(warnings()).toEqual([
      expect.stringContaining('assumed-role/somebody/release-17, which is not a session of'),
    ]);
  });
});

const REFUSALS: Readonly<Record<string, (made: SageMakerBed) => Partial<RenewalOptions>>> = {
  'GitHub gives no token': () => ({ idToken: () => Promise.reject(new Error('Failed to get ID Token.')) }),
  'the trust policy refuses': (made) => {
    made.aws.roles.delete('deployer');
    return {};
  },
  'STS has an outage': (made) => {
    const fault = new AwsError('ServiceUnavailable', 'The server is busy.', 503);
    made.aws.inject({ on: 'sts:AssumeRoleWithWebIdentity', times: Infinity, fault });
    return {};
  },
};

describe('A6 a renewal that fails', () => {
  it.each(Object.entries(REFUSALS))(
    'because %s: goes on with what there is, and says so once',
    async (_, refuse) => {
      const jobs = session();
      const credentials = renewing({ jobs, ...refuse(bed) });
      expect(await credentials()).toEqual(await jobs());
      pass(2);
      expect(await credentials()).toEqual(await jobs());
      expect(warnings()).toHaveLength(1);
      expect(warnings()[0]).toMatch(/^The AWS credentials of this job could not be renewed: /);
      expect(warnings()[0]).toContain('docs/workflows.md');
    },
  );

  it('is tried again a minute later, and not with each call', async () => {
    let tries = 0;
    const idToken = () => {
      tries += 1;
      bed.aws.sessions.tokens.add('late');
      return tries === 1 ? Promise.reject(new Error('an outage')) : Promise.resolve('late');
    };
    const credentials = renewing({ idToken });
    await credentials();
    await credentials();
    expect(tries).toBe(1);
    pass(2);
    await credentials();
    expect([tries, requests().length]).toEqual([2, 1]);
  });

  it('keeps the session that it has until that ends', async () => {
    let down = false;
    bed.aws.sessions.tokens.add('token');
    const idToken = () => (down ? Promise.reject(new Error('an outage')) : Promise.resolve('token'));
    const credentials = renewing({ idToken });
    const first = await credentials();
    down = true;
    pass(58);
    expect(await credentials()).toEqual(first);
  });
});

describe('A6 an update of more than two hours with sessions of one', () => {
  const strategy = { type: 'linear', stepPercent: 10, bakeMinutes: 15, alarms: [] } as const;

  async function update(jobs: CredentialProvider): Promise<string> {
    bed.aws.sessions.tokens.clear();
    signWith(renewing({ jobs }));
    const { endpoint } = bed.aws.client;
    const clients = createAwsClients({ region: bed.aws.world.region, config: { endpoint, maxAttempts: 1 } });
    expect(credentialsConfig().credentials?.memoized).toBe(true);
    const target = bed.targetWith({ clients });
    await target.deploy(await target.plan(bed.requestWith('one', { instanceCount: 10 })));
    const plan = await target.plan(bed.requestWith('two', { instanceCount: 10, strategy, staging: 'none' }));
    return (await target.deploy(plan)).outcome;
  }

  it('goes on to its end', async () => {
    expect(await update(session())).toBe('deployed');
    expect(requests().length).toBeGreaterThanOrEqual(3);
    expect(bed.aws.calls.filter(({ error }) => error?.includes('Expired'))).toEqual([]);
  });

  it('says what to do where no renewal is possible, and the same command finishes it', async () => {
    bed.aws.roles.delete('deployer');
    await expect(update(session())).rejects.toThrow(
      'The AWS credentials have expired. Request them again in this job',
    );
    bed.aws.addRole('ci/deployer');
    expect(['deployed', 'unchanged']).toContain(await resumed());
  });

  async function resumed(): Promise<string> {
    signWith(null);
    const plan = await bed.target.plan(
      bed.requestWith('two', { instanceCount: 10, strategy, staging: 'none' }),
    );
    return (await bed.target.deploy(plan)).outcome;
  }
});
