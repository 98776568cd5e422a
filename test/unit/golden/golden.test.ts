/**
 * What every command comes to in every state of the world: its outcome, page and message, what is logged and what is
 * changed. A difference is shown for somebody to judge; `npx vitest run test/unit/golden --update` accepts it.
 */
import { expect, it } from 'vitest';
import type { Case, GoldenBed } from '../../golden/cases.ts';
import { LOCAL, openLocal } from '../../golden/local.ts';
import { record, type Recorded, type Witness } from '../../golden/record.ts';
import { openSageMaker, SAGEMAKER } from '../../golden/sagemaker.ts';

async function goldenOf<Bed extends GoldenBed>(
  cases: readonly Case<Bed>[],
  open: () => Promise<{ readonly bed: Bed; readonly witness: Witness }>,
): Promise<string> {
  const golden: Record<string, Recorded> = {};
  for (const { name, before } of cases) {
    const { bed, witness } = await open();
    try {
      const act = await before(bed);
      golden[name] = await record(witness, () => act(bed.target));
    } finally {
      await bed.dispose();
    }
  }
  expect(Object.keys(golden)).toHaveLength(cases.length);
  return `${JSON.stringify(golden, null, 2)}\n`;
}

it('local', async () => {
  await expect(await goldenOf(LOCAL, openLocal)).toMatchFileSnapshot('local.json');
});

it('SageMaker', async () => {
  await expect(await goldenOf(SAGEMAKER, openSageMaker)).toMatchFileSnapshot('sagemaker.json');
});
