/**
 * What every command comes to in every state of the world: its outcome, page and message, what is logged and what is
 * changed. A difference is shown for somebody to judge; `ML_DEPLOY_TEST_SEED=all npx vitest run test/unit/golden --update`
 * accepts it. `npm test` takes one of EVERY cases, `npm run test:faults` all of them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Case, GoldenBed } from '../../golden/cases.ts';
import { LOCAL, openLocal } from '../../golden/local.ts';
import { record, type Recorded, type Witness } from '../../golden/record.ts';
import { openSageMaker, SAGEMAKER } from '../../golden/sagemaker.ts';
import { isWhole, triedOf } from '../../share.ts';

const EVERY = 4;

interface Opened<Bed> {
  readonly bed: Bed;
  readonly witness: Witness;
}

async function cameTo<Bed extends GoldenBed>(
  { before }: Case<Bed>,
  open: () => Promise<Opened<Bed>>,
): Promise<Recorded> {
  const { bed, witness } = await open();
  try {
    const act = await before(bed);
    return await record(witness, () => act(bed.target));
  } finally {
    await bed.dispose();
  }
}

function golden<Bed extends GoldenBed>(
  file: string,
  cases: readonly Case<Bed>[],
  open: () => Promise<Opened<Bed>>,
): void {
  it.runIf(isWhole)('every case', { timeout: 600_000 }, async () => {
    const all: Record<string, Recorded> = {};
    for (const one of cases) all[one.name] = await cameTo(one, open);
    expect(Object.keys(all)).toHaveLength(cases.length);
    await expect(`${JSON.stringify(all, null, 2)}\n`).toMatchFileSnapshot(file);
  });

  const kept = () =>
    JSON.parse(readFileSync(join(import.meta.dirname, file), 'utf8')) as Record<string, Recorded>;

  it.skipIf(isWhole)('there is one answer for each case', () => {
    expect(Object.keys(kept())).toEqual(cases.map(({ name }) => name));
  });

  it.skipIf(isWhole).each(triedOf(cases, EVERY))('$name', async (one) => {
    expect(await cameTo(one, open)).toEqual(kept()[one.name]);
  });
}

describe('local', () => golden('local.json', LOCAL, openLocal));
describe('SageMaker', () => golden('sagemaker.json', SAGEMAKER, openSageMaker));
