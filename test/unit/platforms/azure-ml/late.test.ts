/** Azure may show the traffic of before for a while after a change is done: what the tags say was sent counts until then. */
import { describe, expect, it } from 'vitest';
import { writeMarker } from '../../../../src/deployment/rollout/marker.ts';
import type { EndpointResource } from '../../../../src/platforms/azure-ml/endpoint.ts';
import { movedTag, TAG } from '../../../../src/platforms/azure-ml/ledger.ts';
import { deploymentOf } from '../../../../src/platforms/azure-ml/names.ts';
import { LAG_MS } from '../../../../src/platforms/azure-ml/options.ts';
import { servingOf } from '../../../../src/platforms/azure-ml/serving.ts';

const OLD = '1'.repeat(16);
const NEW = '2'.repeat(16);
const SENT = Date.parse('2026-01-02T03:04:05Z');
const after = (milliseconds: number) => new Date(SENT + milliseconds);

const shown = (traffic: Readonly<Record<string, number>>, tags: Readonly<Record<string, string>>) =>
  ({
    name: 'churn',
    location: 'westeurope',
    tags,
    properties: {
      authMode: 'AADToken',
      provisioningState: 'Succeeded',
      traffic: Object.fromEntries(
        Object.entries(traffic).map(([version, percent]) => [deploymentOf(version), percent]),
      ),
    },
  }) as EndpointResource;

describe('all requests', () => {
  const sent = movedTag({ version: NEW, at: SENT });

  it('that were sent to a version are on their way until that is seen', () => {
    const late = servingOf(shown({ [OLD]: 100 }, sent), after(1000));
    expect(late).toMatchObject({ state: 'moving', version: OLD, towards: NEW });
    expect(servingOf(shown({ [NEW]: 100 }, sent), after(1000))).toMatchObject({
      state: 'serving',
      version: NEW,
    });
  });

  it('that are not seen to arrive in time were sent back by somebody', () => {
    const later = servingOf(shown({ [OLD]: 100 }, sent), after(LAG_MS + 1));
    expect(later).toMatchObject({ state: 'serving', version: OLD });
  });
});

describe('a share', () => {
  const marker = writeMarker({ from: OLD, to: NEW, percent: 10, at: SENT, until: SENT + 600_000 });
  const tags = { [TAG.rollout]: marker };

  it('that was sent is on its way until it is seen', () => {
    const late = servingOf(shown({ [OLD]: 100 }, tags), after(1000));
    expect(late).toMatchObject({ state: 'moving', version: OLD, towards: NEW });
    const seen = servingOf(shown({ [OLD]: 90, [NEW]: 10 }, tags), after(1000));
    expect(seen).toMatchObject({ state: 'shifting', version: OLD, towards: NEW });
  });
});
