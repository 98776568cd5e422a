/**
 * The one entry of the bundle. Each action is loaded only when its stub asks for it, so no step pays for the
 * clients of another.
 */
import { runMain, runPost, type Prepare } from './runner/entry.ts';

const specs = async () => (await import('./actions/specs.ts')).specs;

const prepare: Prepare = async (ports, tools) => {
  if (tools.settings.awsRoleArn === null) return;
  (await import('./wiring/aws-credentials.ts')).renewAwsCredentials(ports, tools);
};

const packageModelAction = async () => (await import('./actions/package-model/main.ts')).default;
const pushImageAction = async () => (await import('./actions/push-image/main.ts')).default;
const deployEndpointAction = async () => (await import('./actions/deploy-endpoint/main.ts')).default;
const smokeTestAction = async () => (await import('./actions/smoke-test/main.ts')).default;
const approveGateAction = async () => (await import('./actions/approve-gate/main.ts')).default;
const notifySlackAction = async () => (await import('./actions/notify-slack/main.ts')).default;

export const packageModel = () => runMain(packageModelAction, specs, prepare);
export const pushImage = () => runMain(pushImageAction, specs, prepare);
export const deployEndpoint = () => runMain(deployEndpointAction, specs, prepare);
export const deployEndpointPost = () => runPost(deployEndpointAction, prepare);
export const smokeTest = () => runMain(smokeTestAction, specs, prepare);
export const approveGate = () => runMain(approveGateAction, specs, prepare);
export const approveGatePost = () => runPost(approveGateAction, prepare);
export const notifySlack = () => runMain(notifySlackAction, specs, prepare);

/** For the reusable workflows: reads ml-deploy.yml. */
const resolveAction = async () => (await import('./actions/resolve/main.ts')).createAction(specs);
export const resolve = () => runMain(resolveAction, specs, prepare);

/** The process that serves models for `target: local`. */
export const localServer = async () => (await import('./local-server.ts')).serve();

/** The process that runs one ONNX model. */
export const modelProcess = async () => (await import('./adapters/onnx/process/serve-model.ts')).serveModel();
