/** Asks for an approval of exactly one plan, and passes the plan on only if it was given. */
import { patientHost } from '../../core/approval/patient.ts';
import { checkConclude, checkInputs, checkResume, type Inputs } from './checks.ts';
import { check } from './check.ts';
import { conclude } from './conclude.ts';
import { environment } from './environment.ts';
import { noOutputsYet } from './outputs.ts';
import type { Connected, GatePorts } from './ports.ts';
import { request } from './request.ts';
import { resume } from './resume.ts';
import { sweep } from './sweep.ts';
import { wait } from './wait-mode.ts';

/**
 * @throws UserError before anything is opened; OutcomeError if the plan was not approved; CancelledError;
 *   UpstreamError if GitHub could not be asked, which is neither an approval nor a denial.
 */
export async function run(inputs: Inputs, ports: GatePorts): Promise<void> {
  noOutputsYet(ports.report);
  const { context } = ports;
  const hasToken = ports.connect !== null;
  switch (inputs.mode) {
    case 'wait': {
      const gate = await checkInputs(inputs, ports);
      return wait(gate, inputs, await connected(ports));
    }
    case 'request': {
      const gate = await checkInputs(inputs, ports);
      return request(gate, inputs, await connected(ports));
    }
    case 'environment': {
      const gate = await checkInputs(inputs, ports);
      return environment(gate, await connected(ports));
    }
    case 'conclude': {
      const conclusion = checkConclude(inputs, context, hasToken);
      return conclude(conclusion, inputs, await connected(ports));
    }
    case 'check':
      return check(inputs, ports);
    case 'resume':
      return goOn(inputs, ports);
  }
}

/** A comment is about one request; without one, all of them are looked through for those whose time has come. */
async function goOn(inputs: Inputs, ports: GatePorts): Promise<void> {
  const policy = checkResume(inputs, ports.context, ports.connect !== null);
  if (inputs.planPath !== null || inputs.reportPath !== null) {
    ports.log.info(
      'plan-path and report-path are not used with mode resume: the plan comes from the request.',
    );
  }
  const event = await ports.event();
  if (event?.isPullRequest && inputs.issueNumber === null) {
    ports.log.info('The comment is on a pull request, which is not a request of the gate.');
    return;
  }
  const issue = inputs.issueNumber ?? event?.issue ?? null;
  if (issue === null) return sweep(policy, inputs, await connected(ports));
  const told = event?.issue === issue ? event.comment : null;
  return resume({ issue, told }, policy, inputs, await connected(ports));
}

async function connected(ports: GatePorts): Promise<Connected> {
  if (ports.connect === null) throw new TypeError('The checks let nobody through without a token.');
  const bareHost = await ports.connect();
  return { ...ports, bareHost, host: patientHost(bareHost, ports) };
}
