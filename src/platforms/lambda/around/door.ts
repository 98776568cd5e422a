/** What callers use over HTTP. The function's tags say what it has before any part of it is created. */
import { TAG } from '../options.ts';
import { tagFunction, tagsIn, untagFunction, type Beside, type Due } from './due.ts';
import { nextOfUrl, removalOfUrl, urlOfUrl } from './function-url.ts';
import { nextOfApi, removalOfApi, urlOfApi } from './http-api.ts';
import { nextOfRest, removalOfRest, urlOfRest } from './rest-api.ts';
import type { Door } from './wanted.ts';

/** The next call; null if it is as wanted. */
export async function nextOfDoor(door: Door, beside: Beside): Promise<Due | null> {
  const tags = tagsIn(beside);
  if (tags[TAG.door] !== undefined && tags[TAG.door] !== door.kind) return removalOfDoor(beside);
  if (door.kind === 'none') return null;
  if (tags[TAG.door] === undefined) return tagFunction({ [TAG.door]: door.kind }, beside);
  const due = await nextOf(door, beside);
  if (due !== null) return due;
  const url = await urlOf(door, beside);
  return url === null || tags[TAG.url] === url ? null : tagFunction({ [TAG.url]: url }, beside);
}

type Made = Exclude<Door, { readonly kind: 'none' }>;

function nextOf(door: Made, beside: Beside): Promise<Due | null> {
  if (door.kind === 'http') return nextOfApi(door, beside);
  return door.kind === 'rest' ? nextOfRest(door, beside) : nextOfUrl(door, beside);
}

function urlOf(door: Made, beside: Beside): Promise<string | null> {
  if (door.kind === 'http') return urlOfApi(door, beside);
  return door.kind === 'rest' ? urlOfRest(door, beside) : urlOfUrl(door, beside);
}

const REMOVALS: Readonly<Record<string, (beside: Beside) => Promise<Due | null>>> = {
  http: removalOfApi,
  rest: removalOfRest,
  'function-url': removalOfUrl,
};

/** The next call that removes it; null if there is nothing to remove. */
export async function removalOfDoor(beside: Beside): Promise<Due | null> {
  const kind = tagsIn(beside)[TAG.door];
  if (kind === undefined) return null;
  const due = await (REMOVALS[kind] ?? removalOfUrl)(beside);
  return due ?? untagFunction([TAG.url, TAG.door], beside);
}
