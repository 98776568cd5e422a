import type { Readable } from 'node:stream';
import type { OpenSession } from '../../core/model-session.ts';
import type { OnnxReader } from '../../core/onnx-reader.ts';
import type { Ports } from '../../core/ports.ts';
import type { OutputsOf } from '../../core/spec/action-spec.ts';
import type { ArtifactStore } from '../../core/stores.ts';
import type { DeploymentTarget, EndpointInvoker } from '../../core/targets.ts';
import type { EndpointAccess, Goal } from './settings.ts';
import type { spec } from './spec.ts';

export interface SmokePorts extends Ports<OutputsOf<typeof spec>> {
  openTarget(goal: Extract<Goal, { endpoint: string }>): Promise<DeploymentTarget>;
  /** An endpoint that is known by its URL only. @throws UserError if it cannot be asked in that way. */
  httpEndpoint(url: string, access: EndpointAccess): Promise<EndpointInvoker>;
  /** The script that draws the charts of the HTML report. */
  chartLibrary(): Promise<string>;
  readonly openSession: OpenSession;
  /** Puts the weights of an ONNX file that are beside it into it. */
  readonly embedWeights: OnnxReader['embed'];
  openStore(url: string): Promise<ArtifactStore>;
  /** Opens a path or URL; relative paths start at the workspace. @throws UserError if there is none. */
  openUrl(location: string): Promise<Readable>;
  /** Milliseconds between two polls; null: as each wait has it. */
  readonly pollMs: number | null;
}
