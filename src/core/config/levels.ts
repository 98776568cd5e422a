/** Which places of ml-deploy.yml a run reads, the most specific first. */

export interface ConfigSelection {
  readonly action: string;
  readonly environment: string | null;
  readonly modelName: string | null;
}

/** Paths of keys, from the document's root. */
export function levelPaths({ environment, modelName }: Omit<ConfigSelection, 'action'>): string[][] {
  const model = modelName === null ? null : ['models', modelName];
  return [
    ...(model !== null && environment !== null ? [[...model, 'environments', environment]] : []),
    ...(model !== null ? [[...model, 'defaults']] : []),
    ...(environment !== null ? [['environments', environment]] : []),
    ['defaults'],
  ];
}
