/**
 * Lets a process wait a hundredth of what it would: loaded with `node --import` before an action whose waits between two
 * tries are not what is tested.
 */
const { setTimeout } = globalThis;
globalThis.setTimeout = (callback, milliseconds, ...given) =>
  setTimeout(callback, milliseconds / 100, ...given);
