import { makeSageMakerBed } from '../../../platforms/sagemaker-bed.ts';
import { describeTarget } from '../../../platforms/target-suite.ts';

describeTarget('sagemaker', () => makeSageMakerBed());
