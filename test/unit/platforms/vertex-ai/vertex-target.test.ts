import { makeVertexBed } from '../../../platforms/vertex-bed.ts';
import { describeTarget } from '../../../platforms/target-suite.ts';

describeTarget('vertex-ai', () => Promise.resolve(makeVertexBed()));
