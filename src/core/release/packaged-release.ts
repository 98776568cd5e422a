import type { RunContext } from '../ports.ts';
import {
  RELEASE_SCHEMA,
  type ReleaseModel,
  type ReleaseRecord,
  type ReleaseReference,
} from '../../documents/release-record.ts';

/** Where a record comes from, out of the facts of the workflow run. */
export function releaseSource(context: RunContext): ReleaseRecord['source'] {
  const { repository, commit, ref, runUrl, runId, actor } = context;
  return { repository, commit, ref, run: runUrl || runId, actor };
}

/** The first record of a release: packed, and neither deployed nor tested anywhere. */
export function packagedRelease(
  model: ReleaseModel,
  reference: ReleaseReference | null,
  context: RunContext,
  createdAt: Date,
): ReleaseRecord {
  return {
    schema: RELEASE_SCHEMA,
    model,
    image: null,
    reference,
    source: releaseSource(context),
    deployment: null,
    approval: null,
    smoke: null,
    parent: null,
    createdAt: createdAt.toISOString(),
  };
}
