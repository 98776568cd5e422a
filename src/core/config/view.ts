/** The settings of ml-deploy.yml as one model in one environment has them. */
import type { Node } from 'yaml';
import type { Problem } from '../errors.ts';
import { problemAt, type ParsedFile } from './located.ts';
import { settingAt, type Setting } from './setting.ts';

/** One model in one environment; null stands for a file without models, or without environments. */
export interface Place {
  readonly model: string | null;
  readonly environment: string | null;
}

export class View {
  readonly file: ParsedFile;
  readonly place: Place;

  constructor(file: ParsedFile, place: Place) {
    this.file = file;
    this.place = place;
  }

  at(place: Place): View {
    return new View(this.file, place);
  }

  get(name: string, action = 'deploy-endpoint'): Setting | null {
    const { model: modelName, environment } = this.place;
    const setting = settingAt(this.file, name, { action, environment, modelName });
    return setting === null || setting.text.trim() === '' ? null : setting;
  }

  text(name: string, action?: string): string | null {
    return this.get(name, action)?.text.trim() ?? null;
  }

  number(name: string, action?: string): number | null {
    const text = this.text(name, action);
    return text === null ? null : Number(text);
  }

  /** At the first of these settings that is there, which is the one to blame. */
  problem(names: readonly string[], message: string, fix?: string, action?: string): Problem {
    const node: Node | null =
      names.map((name) => this.get(name, action)?.node ?? null).find((n) => n !== null) ?? null;
    return problemAt(this.file, node, message, fix);
  }
}

export function listOf(text: string | null): string[] {
  return (text ?? '')
    .split(/[\n,]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');
}
