/** What callers over HTTP reach the function by. The function's tags say what is there before anything of it is made. */
import { TAG } from '../options.ts';
import { tagFunction, tagsIn, untagFunction, type Beside, type Due } from './due.ts';
import { nextOfUrl, removalOfUrl, urlOfUrl } from './function-url.ts';
import { nextOfApi, removalOfApi, urlOfApi } from './http-api.ts';
import type { Door } from './wanted.ts';

/** The next call; null where it is as wanted. */
export async function nextOfDoor(door: Door, beside: Beside): Promise<Due | null> {
  const tags = tagsIn(beside);
  if (tags[TAG.door] !== undefined && tags[TAG.door] !== door.kind) return removalOfDoor(beside);
  if (door.kind === 'none') return null;
  if (tags[TAG.door] === undefined) return tagFunction({ [TAG.door]: door.kind }, beside);
  const due = door.kind === 'http' ? await nextOfApi(door, beside) : await nextOfUrl(door, beside);
  if (due !== null) return due;
  const url = door.kind === 'http' ? await urlOfApi(door, beside) : await urlOfUrl(door, beside);
  return url === null || tags[TAG.url] === url ? null : tagFunction({ [TAG.url]: url }, beside);
}

/** The next call towards none; null where nothing is there. */
export async function removalOfDoor(beside: Beside): Promise<Due | null> {
  const kind = tagsIn(beside)[TAG.door];
  if (kind === undefined) return null;
  const due = kind === 'http' ? await removalOfApi(beside) : await removalOfUrl(beside);
  return due ?? untagFunction([TAG.url, TAG.door], beside);
}
