/** The process of a model, from the sources; dist/model-process is the same from the bundle. */
import { serveModel } from '../../../../src/adapters/onnx/process/serve-model.ts';

serveModel();
