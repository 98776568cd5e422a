/**
 * What every DeploymentTarget has to keep. A platform's own test calls `describeTarget` with a bed that makes the
 * target and requests for it.
 */
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/errors.ts';
import { candidateName } from '../../src/core/plan/candidate-name.ts';
import { planDigest, type Plan } from '../../src/documents/plan.ts';
import type { DeploymentRequest, DeploymentTarget } from '../../src/core/targets.ts';

export type ModelName = 'one' | 'two' | 'three' | 'broken';

export interface TargetBed {
  readonly target: DeploymentTarget;
  /** A request for one of three models that answer differently, or for one that cannot be started. */
  request(model: ModelName, endpoint?: string): DeploymentRequest;
  /** The label that a model gives to any row. */
  labelOf(model: ModelName): number;
  /** What moves the target's time. */
  readonly ports: { readonly clock: { advance(milliseconds: number): void } };
  dispose(): Promise<void>;
}

export const ENDPOINT = 'churn';
const BODY = JSON.stringify({ instances: [[1, 2]] });

export function describeTarget(name: string, makeBed: () => Promise<TargetBed>): void {
  describe(`the target ${name}`, () => {
    let bed: TargetBed;
    let target: DeploymentTarget;
    beforeEach(async () => {
      bed = await makeBed();
      target = bed.target;
    });
    afterEach(() => bed.dispose());

    const plan = (model: ModelName) => target.plan(bed.request(model));
    const deploy = async (model: ModelName) => target.deploy(await plan(model));
    const answer = async (candidate: string | null = null) => {
      const invoker = await target.invoker(ENDPOINT, candidate);
      const { status, body, version } = await invoker.invoke(
        BODY,
        'application/json',
        AbortSignal.timeout(200_000),
      );
      return {
        status,
        version,
        body: JSON.parse(Buffer.from(body).toString('utf8')) as { predictions?: number[] },
      };
    };
    const expectServing = async (model: ModelName, version: string) => {
      const description = await target.describe(ENDPOINT);
      expect(description).toMatchObject({ status: 'serving', live: { version } });
      expect(await answer()).toMatchObject({ status: 200, body: { predictions: [bed.labelOf(model)] } });
    };

    describe('plan', () => {
      it('creates what is not there, bound to what serves', async () => {
        const made = await plan('one');
        expect(made).toMatchObject({ target: name, endpoint: ENDPOINT, action: 'create', base: null });
        expect(made.digest).toBe(planDigest(made));
        expect(made.candidate).toBe(candidateName(ENDPOINT, made.digest));
      });

      it('is the same for the same request, and changes nothing', async () => {
        expect((await plan('one')).digest).toBe((await plan('one')).digest);
        expect((await target.describe(ENDPOINT)).status).toBe('absent');
      });

      it('names what would change, and what serves as its base', async () => {
        const first = await deploy('one');
        const made = await plan('two');
        expect(made).toMatchObject({ action: 'update', base: first.description.live?.version });
        expect(made.changes.map(({ field }) => field)).toContain('model');
      });

      it('says where nothing would change', async () => {
        await deploy('one');
        expect(await plan('one')).toMatchObject({ action: 'unchanged', changes: [] });
      });
    });

    describe('deploy', () => {
      it('serves the first version', async () => {
        const made = await plan('one');
        const result = await target.deploy(made);
        expect(result).toMatchObject({ outcome: 'deployed', description: { previous: null } });
        expect(result.description.live).toMatchObject({
          version: made.version,
          served: true,
          verified: false,
        });
        await expectServing('one', made.version);
      });

      it('tells the version that answered', async () => {
        const made = await plan('one');
        await target.deploy(made);
        expect([made.version, null]).toContain((await answer()).version);
      });

      it('does nothing where that version serves already', async () => {
        const first = await deploy('one');
        const second = await deploy('one');
        expect(second.outcome).toBe('unchanged');
        expect(second.description.versions).toEqual(first.description.versions);
      });

      it('replaces a version and keeps it as the previous one', async () => {
        const first = await deploy('one');
        const second = await deploy('two');
        expect(second.outcome).toBe('deployed');
        expect(second.description.previous?.version).toBe(first.description.live?.version);
        await expectServing('two', second.description.live?.version ?? '');
      });

      it('makes a version the newest that served before: what it replaces is the previous one', async () => {
        await deploy('one');
        const second = await deploy('two');
        const third = await deploy('one');
        expect(third.outcome).toBe('deployed');
        expect(third.description.previous?.version).toBe(second.description.live?.version);
        expect((await target.rollback(ENDPOINT, null)).outcome).toBe('rolled-back');
        await expectServing('two', second.description.live?.version ?? '');
      });

      it('leaves the old version serving where the new one does not start', async () => {
        const first = await deploy('one');
        const outcome = await deploy('broken').then(
          (result) => result.outcome,
          (error: unknown) => (error as Error).name,
        );
        expect(['failed', 'rolled-back', 'UserError', 'UpstreamError']).toContain(outcome);
        await expectServing('one', first.description.live?.version ?? '');
      });

      it('refuses a plan that was overtaken', async () => {
        const stale = await plan('two');
        const first = await deploy('one');
        await expect(target.deploy(stale)).rejects.toThrow(/has changed since this was planned/);
        await expectServing('one', first.description.live?.version ?? '');
      });
    });

    describe('stage, promote and discard', () => {
      let live: string;
      let next: Plan;
      beforeEach(async () => {
        live = (await deploy('one')).description.live?.version ?? '';
        next = await plan('two');
      });

      it('starts a candidate beside what serves', async () => {
        const staged = await target.stage(next);
        expect(staged.outcome).toBe('staged');
        expect(staged.candidate).toMatchObject({ name: next.candidate, version: next.version });
        expect(Date.parse(staged.candidate?.expiresAt ?? '')).not.toBeNaN();
        await expectServing('one', live);
        expect((await answer(next.candidate)).body.predictions).toEqual([bed.labelOf('two')]);
      });

      it('stages twice without harm', async () => {
        await target.stage(next);
        const again = await target.stage(next);
        expect(again.outcome).toBe('staged');
        expect(again.description.candidates).toHaveLength(1);
      });

      it('keeps two candidates apart', async () => {
        await target.stage(next);
        const other = await plan('three');
        await target.stage(other);
        expect((await answer(next.candidate)).body.predictions).toEqual([bed.labelOf('two')]);
        expect((await answer(other.candidate)).body.predictions).toEqual([bed.labelOf('three')]);
      });

      it('stages nothing where that version serves', async () => {
        const same = await target.stage(await plan('one'));
        expect(same).toMatchObject({
          outcome: 'unchanged',
          candidate: null,
          description: { candidates: [] },
        });
      });

      it('promotes the candidate', async () => {
        await target.stage(next);
        const promoted = await target.promote(next);
        expect(promoted).toMatchObject({ outcome: 'promoted', description: { candidates: [] } });
        expect(promoted.description.previous?.version).toBe(live);
        await expectServing('two', next.version);
      });

      it('promotes once', async () => {
        await target.stage(next);
        await target.promote(next);
        expect((await target.promote(next)).outcome).toBe('unchanged');
        await expectServing('two', next.version);
      });

      it('refuses to promote what was not staged', async () => {
        await expect(target.promote(next)).rejects.toThrow(UserError);
        await expectServing('one', live);
      });

      it('refuses to promote the candidate of another plan', async () => {
        await target.stage(await plan('three'));
        await expect(target.promote(next)).rejects.toThrow(new RegExp(`no candidate.*${next.candidate}`));
        await expectServing('one', live);
      });

      it('refuses to promote where something else was deployed since', async () => {
        await target.stage(next);
        await deploy('three');
        await expect(target.promote(next)).rejects.toThrow(/has changed since this was planned/);
        expect((await answer()).body.predictions).toEqual([bed.labelOf('three')]);
      });

      it('discards the candidate, once and again', async () => {
        await target.stage(next);
        expect(await target.discard(next)).toMatchObject({
          outcome: 'discarded',
          description: { candidates: [] },
        });
        expect((await target.discard(next)).outcome).toBe('discarded');
        await expectServing('one', live);
        await expect(answer(next.candidate)).rejects.toThrow(UserError);
      });

      it('discards only its own candidate', async () => {
        const other = await plan('three');
        await target.stage(other);
        await target.stage(next);
        const { description } = await target.discard(next);
        expect(description.candidates.map((candidate) => candidate.name)).toEqual([other.candidate]);
      });
    });

    describe('reap', () => {
      const HOURS = 3_600_000;

      it('removes what expired, and nothing else', async () => {
        const live = (await deploy('one')).description.live?.version ?? '';
        const old = await plan('two');
        await target.stage(old);
        expect(await target.reap(ENDPOINT, null)).toMatchObject({ outcome: 'unchanged' });
        bed.ports.clock.advance(7 * HOURS);
        const reaped = await target.reap(ENDPOINT, null);
        expect(reaped).toMatchObject({ outcome: 'discarded', description: { candidates: [] } });
        expect(reaped.message).toContain(old.candidate);
        await expectServing('one', live);
        expect((await target.reap(ENDPOINT, null)).outcome).toBe('unchanged');
      });

      it('leaves the candidates of another environment', async () => {
        const made = await target.plan({ ...bed.request('one'), environmentName: 'prod' });
        await target.stage(made);
        bed.ports.clock.advance(7 * HOURS);
        const kept = await target.reap(ENDPOINT, 'elsewhere');
        expect(kept.outcome).toBe('unchanged');
        expect(kept.description.candidates.map((candidate) => candidate.name)).toEqual([made.candidate]);
        expect((await target.reap(ENDPOINT, 'prod')).outcome).toBe('discarded');
      });

      it('has nothing to do where there is no endpoint', async () => {
        expect(await target.reap(ENDPOINT, null)).toMatchObject({
          outcome: 'unchanged',
          description: { status: 'absent' },
        });
      });
    });

    describe('the first release', () => {
      it('serves nothing while it is staged, and serves when it is promoted', async () => {
        const made = await plan('one');
        const staged = await target.stage(made);
        expect(staged).toMatchObject({
          outcome: 'staged',
          description: { status: 'not-serving', live: null },
        });
        expect((await answer(made.candidate)).body.predictions).toEqual([bed.labelOf('one')]);
        expect((await plan('one')).digest).toBe(made.digest);
        expect((await target.promote(made)).outcome).toBe('promoted');
        await expectServing('one', made.version);
      });
    });

    describe('rollback', () => {
      it('goes back to the version before', async () => {
        const first = await deploy('one');
        await deploy('two');
        const result = await target.rollback(ENDPOINT, null);
        expect(result.outcome).toBe('rolled-back');
        await expectServing('one', first.description.live?.version ?? '');
      });

      it('prefers a verified version to a newer one that was never tested', async () => {
        const first = await deploy('one');
        await target.markVerified(ENDPOINT, first.description.live?.version ?? '');
        await deploy('two');
        await deploy('three');
        const before = await target.describe(ENDPOINT);
        expect(before.previous?.version).toBe(first.description.live?.version);
        await target.rollback(ENDPOINT, null);
        await expectServing('one', first.description.live?.version ?? '');
      });

      it('does not go back to a version that was rolled back', async () => {
        await deploy('one');
        const bad = await deploy('two');
        await target.markVerified(ENDPOINT, bad.description.live?.version ?? '');
        const good = await target.rollback(ENDPOINT, null);
        const third = await deploy('three');
        expect(third.description.previous?.version).toBe(good.description.live?.version);
      });

      it('notes when a version was rolled back from, also after it was deployed again', async () => {
        await deploy('one');
        const bad = (await deploy('two')).description.live?.version;
        const noted = async () => {
          const { versions } = await target.describe(ENDPOINT);
          return versions.find(({ version }) => version === bad)?.withdrawnAt ?? '';
        };
        expect(await noted()).toBe('');
        await target.rollback(ENDPOINT, null);
        const at = await noted();
        expect(Date.parse(at)).not.toBeNaN();
        await deploy('two');
        expect(await noted()).toBe(at);
      });

      it('goes to the version that was named', async () => {
        const first = await deploy('one');
        await deploy('two');
        await deploy('three');
        await target.rollback(ENDPOINT, first.description.live?.version ?? '');
        await expectServing('one', first.description.live?.version ?? '');
      });

      it('refuses a version that it does not know', async () => {
        const { description } = await deploy('one');
        await expect(target.rollback(ENDPOINT, 'f'.repeat(64))).rejects.toThrow(/no version "f+"/);
        await expectServing('one', description.live?.version ?? '');
      });

      it('says that there is nothing to go back to', async () => {
        await deploy('one');
        await expect(target.rollback(ENDPOINT, null)).rejects.toThrow(/nothing to roll churn back to/);
      });

      it('refuses an endpoint that does not exist', async () => {
        await expect(target.rollback('other', null)).rejects.toThrow(UserError);
      });
    });

    describe('noteRelease', () => {
      it('replaces the record of the version, so that the next one continues it', async () => {
        const first = await deploy('one');
        const version = first.description.live?.version ?? '';
        await target.noteRelease(ENDPOINT, version, 'a'.repeat(64));
        const { live } = await target.describe(ENDPOINT);
        expect(live).toMatchObject({ version, release: 'a'.repeat(64) });
      });
    });

    describe('markVerified', () => {
      it('is kept through a promotion', async () => {
        await deploy('one');
        const next = await plan('two');
        await target.stage(next);
        await target.markVerified(ENDPOINT, next.version);
        const { description } = await target.promote(next);
        expect(description.live).toMatchObject({ version: next.version, verified: true });
      });

      it('refuses a version that it does not know', async () => {
        await deploy('one');
        await expect(target.markVerified(ENDPOINT, 'f'.repeat(64))).rejects.toThrow(UserError);
      });
    });

    describe('teardown', () => {
      it('removes the endpoint, once and again', async () => {
        await deploy('one');
        const result = await target.teardown(ENDPOINT);
        expect(result).toMatchObject({ outcome: 'torn-down', description: { status: 'absent', live: null } });
        expect((await target.teardown(ENDPOINT)).outcome).toBe('torn-down');
        await expect(answer()).rejects.toThrow(UserError);
      });

      it('leaves another endpoint alone', async () => {
        await deploy('one');
        await target.deploy(await target.plan(bed.request('two', 'other')));
        await target.teardown('other');
        expect((await target.describe(ENDPOINT)).status).toBe('serving');
      });
    });
  });
}
