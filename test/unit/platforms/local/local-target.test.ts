import { makeLocalBed } from '../../../platforms/local-bed.ts';
import { describeTarget } from '../../../platforms/target-suite.ts';

describeTarget('local', () => makeLocalBed());
