/** What a run on real AWS has shown, step by step. */
export type Standing = 'proven' | 'failed' | 'not tried';

export interface Claim {
  /** As docs/sagemaker.md calls it. */
  readonly name: string;
  readonly standing: Standing;
  /** What was seen: outputs of the step, or its error. */
  readonly seen: string;
}

export class Claims {
  readonly all: Claim[] = [];

  /** Runs a step; what follows from it may still be tried where it fails. @returns null where it failed */
  async prove<T>(
    name: string,
    step: () => Promise<{ readonly seen: string; readonly made: T }>,
  ): Promise<T | null> {
    try {
      const { seen, made } = await step();
      this.all.push({ name, standing: 'proven', seen });
      return made;
    } catch (error) {
      this.all.push({
        name,
        standing: 'failed',
        seen: error instanceof Error ? error.message : String(error),
      });
      return null;
    }
  }

  skip(name: string, why: string): void {
    this.all.push({ name, standing: 'not tried', seen: why });
  }

  get failed(): boolean {
    return this.all.some(({ standing }) => standing === 'failed');
  }
}

/** A table for the job summary. */
export function tableOf(claims: readonly Claim[], where: string): string {
  const cell = (text: string) => text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ').slice(0, 300);
  const rows = claims.map(({ name, standing, seen }) => `| ${cell(name)} | ${standing} | ${cell(seen)} |`);
  return [
    `### Claims on ${where}`,
    '',
    '| Claim | Standing | Seen |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}
