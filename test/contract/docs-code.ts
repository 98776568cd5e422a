/** What the code blocks of the documentation are: workflows, steps, settings, policies. */
import { parse } from 'yaml';
import type { Block } from './docs-pages.ts';
import type { WorkflowJob, WorkflowStep } from './workflow-files.ts';

export type Kind = 'workflow' | 'jobs' | 'sketch' | 'steps' | 'config' | 'inputs';

export interface YamlBlock extends Block {
  readonly file?: string;
  readonly kind: Kind;
  readonly value: unknown;
}

const CONFIG_KEYS = ['defaults', 'environments', 'models'];

function kindOf(value: unknown): Kind {
  if (Array.isArray(value)) return 'steps';
  const keys = Object.keys(value as object);
  if (keys.includes('jobs')) {
    const jobs = Object.values((value as { jobs: Record<string, WorkflowJob | null> }).jobs);
    // A job that is a comment, or whose first step is one: it shows where things stand, and is nothing to copy.
    if (jobs.some((job) => job === null || (job.steps === undefined && job.uses === undefined)))
      return 'sketch';
    return keys.includes('on') ? 'workflow' : 'jobs';
  }
  return keys.every((key) => CONFIG_KEYS.includes(key)) ? 'config' : 'inputs';
}

export function yamlBlock(block: Block): YamlBlock {
  const value: unknown = parse(block.text);
  return { ...block, value, kind: kindOf(value) };
}

/** The text of a whole workflow around what the block shows. */
export function asWorkflow({ kind, text }: YamlBlock): string {
  if (kind === 'workflow') return text;
  if (kind === 'jobs') return `on: push\n${text}`;
  const indented = text.replaceAll(/^(?=.)/gm, '      ');
  return `on: push\njobs:\n  job:\n    runs-on: ubuntu-latest\n    steps:\n${indented}`;
}

export function jobsOf({ kind, value }: YamlBlock): WorkflowJob[] {
  if (kind === 'steps') return [{ steps: value as WorkflowStep[] }];
  const jobs = Object.values((value as { jobs?: Record<string, WorkflowJob | null> }).jobs ?? {});
  return jobs.filter((job) => job !== null);
}

/** What a shell block writes into files by `cat > FILE <<END`, with the variables that it puts in. */
export function heredocsOf(
  block: Block,
  variables: Readonly<Record<string, string>>,
): (Block & { file: string })[] {
  const found = block.text.matchAll(/^cat >>? (\S+) <<('?)(\w+)\2\n(.*?)^\3$/gms);
  return [...found].map(({ index, 1: file = '', 2: quote, 4: content = '' }) => ({
    ...block,
    file,
    line: block.line + block.text.slice(0, index).split('\n').length,
    language: /\.(\w+)$/.exec(file)?.[1]?.replace('yml', 'yaml') ?? '',
    text: quote === '' ? expand(content, variables) : content,
  }));
}

function expand(text: string, variables: Readonly<Record<string, string>>): string {
  return text
    .replaceAll(/(?<!\\)\$(\w+)/g, (whole, name: string) => variables[name] ?? whole)
    .replaceAll('\\$', '$');
}
