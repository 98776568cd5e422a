import { makeLambdaBed } from '../../../platforms/lambda-bed.ts';
import { describeTarget } from '../../../platforms/target-suite.ts';

describeTarget('lambda', makeLambdaBed);
