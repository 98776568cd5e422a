/** The settings of ml-deploy.yml as one model in one environment has them. */
import type { Node } from 'yaml';
import type { Problem } from '../errors.ts';
import type { RawValue } from '../spec/action-spec.ts';
import { problemAt, type ParsedFile } from './located.ts';
import { memberAt, settingAt, type Setting } from './setting.ts';

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

  /** @param name of an input, or the path of a member of a group */
  get(name: string, action = 'deploy-endpoint'): Setting | null {
    const { model: modelName, environment } = this.place;
    const selection = { action, environment, modelName };
    const [group = '', member] = name.split(': ');
    const setting =
      member === undefined
        ? settingAt(this.file, name, selection)
        : memberAt(this.file, group, member, selection);
    return setting === null || setting.text.trim() === '' ? null : setting;
  }

  raw(name: string, action: string): RawValue | null {
    const setting = this.get(name, action);
    return setting === null ? null : { text: setting.text, origin: setting.level };
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
