/**
 * The border to everything that is not ours. What main.ts hands to run.ts goes through here, so a text of a
 * platform is clean before anybody makes a sentence of it (test/contract/redaction.test.ts).
 */
import type { Plan } from '../../documents/plan.ts';
import type { DeploymentResult, DeploymentTarget, EndpointDescription, EndpointInvoker } from '../targets.ts';
import type { Redactor } from './redactor.ts';

type Callable = (...args: unknown[]) => unknown;

/**
 * A port whose errors are clean, and those of the ports that it gives. Other results are data, such as an archive or a
 * plan, and stay as they are.
 */
export function outside<T extends object>(port: T, redactor: Redactor): T {
  const given = (value: unknown): unknown => (isPort(value) ? outside(value, redactor) : value);
  const call = (method: Callable, self: unknown, args: unknown[]): unknown => {
    try {
      const result = method.apply(self, args);
      if (!(result instanceof Promise)) return given(result);
      return result.then(given, (error: unknown) => rethrow(error, redactor));
    } catch (error) {
      return rethrow(error, redactor);
    }
  };
  return new Proxy(port, {
    apply: (target, self, args: unknown[]) => call(target as unknown as Callable, self, args),
    get: (target, key) => {
      const value: unknown = Reflect.get(target, key, target);
      // Of a class with private fields, methods run on the object itself.
      return typeof value === 'function'
        ? (...args: unknown[]) => call(value as Callable, target, args)
        : value;
    },
  });
}

/** Something that can be asked to do more, and is none of the things that hold bytes or values. */
function isPort(value: unknown): value is object {
  if (typeof value !== 'object' || value === null || value instanceof Error) return false;
  if (Symbol.iterator in value || Symbol.asyncIterator in value || ArrayBuffer.isView(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype) return prototype !== null && !(value instanceof Date);
  return Object.values(value).some((item) => typeof item === 'function');
}

function rethrow(error: unknown, redactor: Redactor): never {
  throw redactor.error(error);
}

/** What an endpoint answers: data if it is a prediction, and a text if it is a refusal. */
export function outsideInvoker(invoker: EndpointInvoker, redactor: Redactor): EndpointInvoker {
  const safe = outside(invoker, redactor);
  return {
    ...invoker,
    url: redactor.text(invoker.url),
    invoke: async (body, contentType, signal) => {
      const answer = await safe.invoke(body, contentType, signal);
      const isData = answer.status >= 200 && answer.status < 300;
      return {
        ...answer,
        contentType: redactor.text(answer.contentType),
        body: isData ? redactor.data(answer.body) : redactor.bytes(answer.body),
      };
    },
  };
}

/** What a platform says of an endpoint: its reasons, the tail of its log, its answers. */
export function outsideTarget(target: DeploymentTarget, redactor: Redactor): DeploymentTarget {
  const safe = outside(target, redactor);
  const { prices } = safe;
  const result = async (work: Promise<DeploymentResult>) => cleanResult(await work, redactor);
  return {
    name: target.name,
    plan: async (request) => cleanPlan(await safe.plan(request), redactor),
    ...(prices === undefined ? {} : { prices: async (skus) => redactor.deep(await prices(skus)) }),
    ...(target.rehearse === undefined ? {} : { rehearse: async (plan) => safe.rehearse?.(plan) }),
    stage: (plan) => result(safe.stage(plan)),
    deploy: (plan) => result(safe.deploy(plan)),
    promote: (plan) => result(safe.promote(plan)),
    discard: (plan) => result(safe.discard(plan)),
    rollback: (endpoint, version, from) => result(safe.rollback(endpoint, version, from)),
    teardown: (endpoint) => result(safe.teardown(endpoint)),
    reap: (endpoint, environment) => result(safe.reap(endpoint, environment)),
    describe: async (endpoint) => cleanDescription(await safe.describe(endpoint), redactor),
    links: (endpoint) => safe.links(endpoint),
    noteRelease: (endpoint, version, release) => safe.noteRelease(endpoint, version, release),
    markVerified: (endpoint, version) => safe.markVerified(endpoint, version),
    ...(target.noteWithdrawn === undefined
      ? {}
      : { noteWithdrawn: async (endpoint, version) => safe.noteWithdrawn?.(endpoint, version) }),
    ...(target.settle === undefined
      ? {}
      : { settle: async () => redactor.deep((await safe.settle?.()) ?? []) }),
    ...(target.variablesFile === undefined ? {} : { variablesFile: () => target.variablesFile?.() ?? null }),
    logs: async (endpoint, lines) => redactor.text(await safe.logs(endpoint, lines)),
    invoker: async (endpoint, candidate) => outsideInvoker(await safe.invoker(endpoint, candidate), redactor),
  };
}

/** Findings are not part of the digest. */
function cleanPlan(plan: Plan, redactor: Redactor): Plan {
  return { ...plan, findings: redactor.deep(plan.findings) };
}

function cleanResult(result: DeploymentResult, redactor: Redactor): DeploymentResult {
  return {
    ...result,
    message: redactor.text(result.message),
    description: cleanDescription(result.description, redactor),
  };
}

function cleanDescription(description: EndpointDescription, redactor: Redactor): EndpointDescription {
  return { ...description, detail: redactor.text(description.detail) };
}
