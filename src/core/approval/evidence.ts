/** A smoke report as evidence for approvers: whatever plain values are in it, without knowing its exact form. */
import type { Evidence } from '../../documents/request-payload.ts';
import { parseJsonObject } from '../json-object.ts';

const DEEPEST = 3;
const MODEL_DIGEST = /(^|\.)model-?digest$/i;

/** @throws Error whose message says what is wrong with the report. */
export function readEvidence(text: string): Evidence {
  const report = parseJsonObject(text);
  const { passed, checks, kind } = report;
  const rows = [...checkRows(checks), ...flatten(report, '', 1)];
  return {
    rows,
    modelDigests: rows.filter(([name]) => MODEL_DIGEST.test(name)).map(([, value]) => value),
    passed: typeof passed === 'boolean' ? passed : null,
    ...(typeof kind === 'string' ? { kind } : {}),
  };
}

/** What was checked, and what was found. */
function checkRows(checks: unknown): [string, string][] {
  if (!Array.isArray(checks)) return [];
  return (checks as (Partial<Record<'name' | 'message' | 'passed', unknown>> | null)[]).flatMap((check) =>
    typeof check?.name === 'string' && typeof check.message === 'string'
      ? [[check.name, `${check.passed === true ? 'passed' : 'failed'}: ${check.message}`]]
      : [],
  );
}

/** Lists (cases, rows, latencies) are left out: they are for the report itself. */
function flatten(value: Record<string, unknown>, prefix: string, depth: number): [string, string][] {
  return Object.entries(value).flatMap(([key, child]): [string, string][] => {
    const name = prefix === '' ? key : `${prefix}.${key}`;
    if (child === null || Array.isArray(child)) return [];
    if (typeof child === 'object') {
      return depth < DEEPEST ? flatten(child as Record<string, unknown>, name, depth + 1) : [];
    }
    return [[name, JSON.stringify(child).replace(/^"|"$/g, '')]];
  });
}
