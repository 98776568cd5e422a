/** The platforms that are held against the in-memory one. */
import type { StepKind } from '../../../src/deployment/verdict.ts';
import * as azureMl from './azure-ml.ts';
import * as lambda from './lambda.ts';
import * as local from './local.ts';
import * as sageMaker from './sagemaker.ts';
import type { Subject } from './sequences.ts';
import * as vertexAi from './vertex-ai.ts';

interface Platform {
  readonly kinds: readonly StepKind[];
  /** We shift the requests. */
  readonly isShared?: boolean;
  /** Once for all sequences. */
  readonly prepare: () => Promise<() => Promise<Subject>>;
}

export const PLATFORMS: Readonly<Record<string, Platform>> = {
  sagemaker: { kinds: sageMaker.KINDS, prepare: sageMaker.prepare },
  local: { kinds: local.KINDS, prepare: local.prepare },
  lambda: { kinds: lambda.KINDS, isShared: true, prepare: lambda.prepare },
  'azure-ml': { kinds: azureMl.KINDS, isShared: true, prepare: azureMl.prepare },
  'vertex-ai': { kinds: vertexAi.KINDS, isShared: true, prepare: vertexAi.prepare },
};
