import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { ModelSignature } from '../../../../../src/core/model-session.ts';
import type { Case, Cases } from '../../../../../src/core/smoke/cases/cases.ts';
import { readCases } from '../../../../../src/core/smoke/cases/read-cases.ts';

/** A file that is gone after the test. */
export function fileOf(content: string | Uint8Array, name: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cases-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
}

/** What a file holds, with all its rows at once. */
export async function parseCases(
  text: string | Uint8Array,
  name: string,
  signature: ModelSignature | null = null,
) {
  return allOf(await bindCases(text, name, signature));
}

export async function bindCases(text: string | Uint8Array, name: string, signature: ModelSignature | null) {
  return (await readCases(fileOf(text, name), name)).bind(signature);
}

export function allOf(cases: Cases) {
  const rows: Case[] = [...cases.rows()];
  return {
    ...cases,
    instances: rows.map(({ instance }) => instance),
    labels: rows.map(({ label }) => label),
    expected: rows.map(({ expected }) => expected),
  };
}
