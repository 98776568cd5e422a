/**
 * The request shapes of the services, as botocore has them (shapes/*.ndjson; extract_shapes.py writes them, and the
 * conformance layer compares them with the botocore that is installed).
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

export interface MemberRef {
  readonly shape: string;
  /** Where REST services carry it: uri, querystring, header, headers. */
  readonly in?: 'uri' | 'querystring' | 'header' | 'headers';
  readonly as?: string;
}

export interface Shape {
  readonly shape: string;
  readonly type: string;
  readonly required?: readonly string[];
  readonly enum?: readonly string[];
  readonly min?: number;
  readonly max?: number;
  readonly pattern?: string;
  readonly members?: Readonly<Record<string, MemberRef>>;
  readonly member?: string;
  readonly key?: string;
  readonly value?: string;
  readonly payload?: string;
}

/** How a REST service is called: `PUT`, `/2015-03-31/functions/{FunctionName}/code`, 200. */
export interface HttpBinding {
  readonly method: string;
  readonly path: string;
  readonly status: number;
}

export interface ServiceShapes {
  /** Prefix of X-Amz-Target; '' for services that do without. */
  readonly target: string;
  /** Shape name of each operation's input; null for none. */
  readonly operations: ReadonlyMap<string, string | null>;
  readonly shapes: ReadonlyMap<string, Shape>;
  /** Of REST services that take JSON; empty for the others. */
  readonly http: ReadonlyMap<string, HttpBinding>;
}

type Line =
  | { service: string; target: string }
  | { operation: string; input: string | null; http?: HttpBinding }
  | (Shape & { shape: string });

const loaded = new Map<string, ServiceShapes>();

/** @param service botocore's name of it, such as `sagemaker` or `logs` */
export function shapesOf(service: string): ServiceShapes {
  const known = loaded.get(service);
  if (known !== undefined) return known;
  const text = readFileSync(join(import.meta.dirname, 'shapes', `${service}.ndjson`), 'utf8');
  const operations = new Map<string, string | null>();
  const shapes = new Map<string, Shape>();
  const http = new Map<string, HttpBinding>();
  let target = '';
  for (const line of text.trimEnd().split('\n')) {
    const entry = JSON.parse(line) as Line;
    if ('operation' in entry) {
      operations.set(entry.operation, entry.input);
      if (entry.http !== undefined) http.set(entry.operation, entry.http);
    } else if ('shape' in entry) shapes.set(entry.shape, entry);
    else target = entry.target;
  }
  const result = { target, operations, shapes, http };
  loaded.set(service, result);
  return result;
}
