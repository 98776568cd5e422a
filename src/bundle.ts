/**
 * The one entry of the bundle. Each action is loaded only when its stub asks for it, so that no step pays for the
 * clients of another.
 */
import { runMain, runPost } from './runner/entry.ts';

const specs = async () => (await import('./actions/specs.ts')).specs;

const packageModelAction = async () => (await import('./actions/package-model/main.ts')).default;
const pushImageAction = async () => (await import('./actions/push-image/main.ts')).default;
const deployEndpointAction = async () => (await import('./actions/deploy-endpoint/main.ts')).default;
const smokeTestAction = async () => (await import('./actions/smoke-test/main.ts')).default;
const approveGateAction = async () => (await import('./actions/approve-gate/main.ts')).default;
const notifySlackAction = async () => (await import('./actions/notify-slack/main.ts')).default;

export const packageModel = () => runMain(packageModelAction, specs);
export const pushImage = () => runMain(pushImageAction, specs);
export const deployEndpoint = () => runMain(deployEndpointAction, specs);
export const deployEndpointPost = () => runPost(deployEndpointAction);
export const smokeTest = () => runMain(smokeTestAction, specs);
export const approveGate = () => runMain(approveGateAction, specs);
export const approveGatePost = () => runPost(approveGateAction);
export const notifySlack = () => runMain(notifySlackAction, specs);

/** For the reusable workflows: reads ml-deploy.yml. */
const resolveAction = async () => (await import('./actions/resolve/main.ts')).createAction(specs);
export const resolve = () => runMain(resolveAction, specs);

/** The process that serves models for `target: local`. */
export const localServer = async () => (await import('./local-server.ts')).serve();

/** The process that runs one ONNX model. */
export const modelProcess = async () => (await import('./adapters/onnx/process/serve-model.ts')).serveModel();
