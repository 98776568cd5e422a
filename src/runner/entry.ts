/**
 * Runs one action by the runner's protocol. Here is the only catch: whatever is thrown anywhere ends as one
 * message, an exit code, and a block in the job summary.
 */
import * as core from '@actions/core';
import { CancelledError, messageOf, pageOf, UpstreamError } from '../core/errors.ts';
import { codeBlock, details } from '../core/markdown.ts';
import type { Ports } from '../core/ports.ts';
import { Redactor } from '../core/redaction/redactor.ts';
import type { Action } from './action.ts';
import { abortOnSignals } from './cancellation.ts';
import { systemClock } from './clock.ts';
import { readContext } from './context.ts';
import { failurePageUrl } from './failure-page-url.ts';
import { readInputs, type InputCheck, type LoadSpecs } from './inputs.ts';
import { createLogger } from './logger.ts';
import { useProxyOf } from './proxy.ts';
import { createReport, type StepReport } from './report.ts';
import { hideEnvironment, hideInputs } from './secrets.ts';
import { signInsIn, signInsOf, withSignIns } from './file-sign-ins.ts';
import { createToolbox, type Toolbox } from './toolbox.ts';

/** What is set up in the process before an action runs, from what the runner has. */
export type Prepare = (ports: Ports, tools: Toolbox) => Promise<void>;

/** Of the step, for its post step. */
const SIGN_INS = 'sign-ins';

export async function runMain(
  load: () => Promise<Action>,
  loadSpecs: LoadSpecs,
  prepare: Prepare,
): Promise<void> {
  await step(load, async (action, ports, report) => {
    const declared = Object.keys(action.spec.outputs);
    const { redactor } = ports;
    hideInputs(action.spec, redactor);
    try {
      const tools = createToolbox(process.env, redactor);
      const check: InputCheck = async (given, environmentKey) =>
        (await action.check?.(given, { ...tools, environmentKey })) ?? [];
      const read = await readInputs(action.spec, ports.context, loadSpecs, redactor, check);
      for (const notice of read.notices) ports.log.notice(notice);
      for (const warning of read.warnings) ports.log.warning(warning);
      await prepare(ports, tools);
      const { environmentKey, origins } = read;
      const signIns = signInsOf(environmentKey);
      if (action.spec.post) tools.state.save(SIGN_INS, JSON.stringify(signIns));
      const settings = withSignIns(tools.settings, signIns);
      await action.run(read.inputs, ports, { ...tools, settings, environmentKey, origins });
    } finally {
      report.completeOutputs(declared);
    }
  });
}

export async function runPost(load: () => Promise<Action>, prepare: Prepare): Promise<void> {
  await step(load, async (action, ports) => {
    hideInputs(action.spec, ports.redactor);
    const tools = createToolbox(process.env, ports.redactor);
    await prepare(ports, tools);
    const settings = withSignIns(tools.settings, signInsIn(tools.state.get(SIGN_INS)));
    await action.post?.(ports, { ...tools, settings });
  });
}

async function step(
  load: () => Promise<Action>,
  body: (action: Action, ports: Ports, report: StepReport) => Promise<void>,
): Promise<void> {
  const cancellation = abortOnSignals();
  const redactor = new Redactor();
  hideEnvironment(process.env, redactor);
  const report = createReport(process.env, redactor);
  const ports: Ports = {
    log: createLogger(redactor),
    clock: systemClock,
    signal: cancellation.signal,
    report,
    context: readContext(process.env),
    redactor,
  };
  try {
    const partly = useProxyOf(process.env);
    if (partly !== null) core.warning(partly);
    const action = await load();
    await body(action, ports, report).catch((error: unknown) => fail(action, error, ports, report));
    await report.writeSummary();
  } catch (error) {
    core.setFailed(redactor.text(messageOf(error)));
  } finally {
    cancellation.dispose();
  }
}

function fail(action: Action, thrown: unknown, { log, redactor }: Ports, report: StepReport): void {
  const error = redactor.error(thrown);
  const message = messageOf(error);
  const cancelled = error instanceof CancelledError;
  core.setFailed(message);
  for (let cause = causeOf(error); cause !== undefined; cause = causeOf(cause)) {
    log.debug(`caused by: ${cause instanceof Error ? (cause.stack ?? cause.message) : messageOf(cause)}`);
  }
  if (error instanceof Error && error.name === 'Error') log.debug(error.stack ?? '');
  report.summary(`### ${action.spec.name}: ${cancelled ? 'cancelled' : 'failed'}\n\n${codeBlock(message)}`);
  if (error instanceof UpstreamError && error.detail) {
    log.info(error.detail);
    report.summary(details(`What ${error.system} said`, codeBlock(error.detail)));
  }
  const page = pageOf(error);
  if (page !== null) {
    report.summary(`[What this means, and what to do](${failurePageUrl(page, process.env)})`);
  }
}

function causeOf(error: unknown): unknown {
  return error instanceof Error ? error.cause : undefined;
}
