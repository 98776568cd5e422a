import { describe, expect, it } from 'vitest';
import { keepImage } from '../../../../src/actions/deploy-endpoint/keep-image.ts';
import type { Done } from '../../../../src/actions/deploy-endpoint/report.ts';
import { CancelledError, UserError } from '../../../../src/core/errors.ts';
import type { Kept } from '../../../../src/core/image/ecr.ts';
import { makePlan } from '../../../../src/documents/plan.ts';
import { OUTCOMES, type Outcome } from '../../../../src/core/targets.ts';
import { MemoryLogger } from '../../../fakes/ports.ts';
import { details, subject } from '../../core/plan/fixtures.ts';

const URI = `123456789012.dkr.ecr.eu-central-1.amazonaws.com/churn@sha256:${'c'.repeat(64)}`;

interface Facts {
  readonly target?: string;
  readonly imageUri?: string | null;
}

function doneWith(outcome: Outcome, { target = 'sagemaker', imageUri = URI }: Facts = {}): Done {
  const plan = makePlan({ ...subject, target }, { ...details, sources: { ...details.sources, imageUri } });
  const description = { endpoint: 'churn', status: 'serving', detail: '' };
  return {
    plan,
    result: { outcome, message: '', description, candidate: null },
    sources: null,
    approved: null,
  } as unknown as Done;
}

async function ran(done: Done, answer: () => Promise<Kept> = async () => 'kept') {
  const log = new MemoryLogger();
  const asked: string[] = [];
  const keep = (uri: string) => {
    asked.push(uri);
    return answer();
  };
  await keepImage(done, { log, keepImage: keep });
  return { asked, lines: log.lines };
}

describe('the image of a release', () => {
  it('is kept by exactly the outcomes after which it serves', async () => {
    const keeping: Outcome[] = [];
    for (const outcome of OUTCOMES) {
      if ((await ran(doneWith(outcome))).asked.length > 0) keeping.push(outcome);
    }
    expect(keeping.sort()).toEqual(['deployed', 'promoted', 'unchanged']);
  });

  it('is named by the plan, by digest', async () => {
    const { asked, lines } = await ran(doneWith('deployed'));
    expect(asked).toEqual([URI]);
    expect(lines).toEqual([{ level: 'info', message: expect.stringContaining(URI) as string }]);
  });

  it.each([
    ['of the local target', doneWith('deployed', { target: 'local' })],
    ['that is none', doneWith('deployed', { imageUri: null })],
    ['of a command without a plan', { ...doneWith('deployed'), plan: null }],
  ])('%s is left alone', async (_, done) => {
    expect((await ran(done)).asked).toEqual([]);
  });

  it('that cannot be kept is a warning with the reason, and no failure', async () => {
    const { lines } = await ran(doneWith('promoted'), () =>
      Promise.reject(new UserError('AWS does not allow it: ecr:PutImage.')),
    );
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({ level: 'warning' });
    expect(lines[0]?.message).toMatch(/can delete it one day\. AWS does not allow it: ecr:PutImage\.$/);
  });

  it('does not stop a run from being cancelled', async () => {
    await expect(ran(doneWith('deployed'), () => Promise.reject(new CancelledError()))).rejects.toThrow(
      CancelledError,
    );
  });
});
