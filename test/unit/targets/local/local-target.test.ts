import { makeLocalBed } from '../../../targets/local-bed.ts';
import { describeTarget } from '../../../targets/target-suite.ts';

describeTarget('local', () => makeLocalBed());
