import { makeAzureMlBed } from '../../../platforms/azure-ml-bed.ts';
import { describeTarget } from '../../../platforms/target-suite.ts';

describeTarget('azure-ml', makeAzureMlBed);
