import { makeSageMakerBed } from '../../../targets/sagemaker-bed.ts';
import { describeTarget } from '../../../targets/target-suite.ts';

describeTarget('sagemaker', () => makeSageMakerBed());
