/**
 * Kills this process at one of its steps. Loaded with `node --import` before the action; nothing of the action knows.
 *
 * A step is anything that changes the world outside of the process: files, processes that are started, and requests
 * under /control/. CRASH_LOG gets one line for each step; CRASH_STEP (from 1) and CRASH_WHEN (before|after) say where
 * the process ends, by SIGKILL, so that nothing of it can tidy up.
 */
import childProcess from 'node:child_process';
import fs from 'node:fs';
import fsPromises from 'node:fs/promises';
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

const { CRASH_LOG, CRASH_STEP, CRASH_WHEN } = process.env;
const appendFileSync = fs.appendFileSync;
let steps = 0;

/** Gives the function that is to be called when the step is done. */
function step(what) {
  const number = ++steps;
  if (CRASH_LOG) log(`${number} ${what}\n`);
  const isLast = String(number) === CRASH_STEP;
  if (isLast && CRASH_WHEN === 'before') die();
  return isLast ? die : () => undefined;
}

let logging = false;
function log(line) {
  // Written by hooked functions itself, which must not count.
  logging = true;
  appendFileSync(CRASH_LOG, line);
  logging = false;
}

function die() {
  process.kill(process.pid, 'SIGKILL');
}

const FILES = [
  'rename',
  'writeFile',
  'appendFile',
  'mkdir',
  'rm',
  'rmdir',
  'unlink',
  'link',
  'symlink',
  'copyFile',
];
const isWrite = (flags) =>
  flags !== undefined && (typeof flags === 'number' ? (flags & 3) !== 0 : !/^rs?$/.test(flags));
/** What is written into these is read by the runner only when the step has ended by itself. */
const COMMAND_FILES = new Set([
  process.env.GITHUB_OUTPUT,
  process.env.GITHUB_STEP_SUMMARY,
  process.env.GITHUB_STATE,
]);
const short = (path) => String(path).split('/').slice(-2).join('/');

function counts(name, args) {
  if (logging || COMMAND_FILES.has(String(args[0]))) return false;
  return name.startsWith('open') ? isWrite(args[1]) : true;
}

for (const name of [...FILES, 'open']) {
  const promised = fsPromises[name];
  fsPromises[name] = async (...args) => {
    if (!counts(name, args)) return promised(...args);
    const done = step(`${name} ${short(args[0])}`);
    const result = await promised(...args);
    done();
    return result;
  };
  const called = fs[name];
  fs[name] = (...args) => {
    const callback = args.at(-1);
    if (typeof callback !== 'function' || !counts(name, args)) return called(...args);
    const done = step(`${name} ${short(args[0])}`);
    return called(...args.slice(0, -1), (...results) => {
      done();
      callback(...results);
    });
  };
  const sync = fs[`${name}Sync`];
  fs[`${name}Sync`] = (...args) => {
    if (!counts(name, args)) return sync(...args);
    const done = step(`${name}Sync ${short(args[0])}`);
    const result = sync(...args);
    done();
    return result;
  };
}

const spawn = childProcess.spawn;
childProcess.spawn = (...args) => {
  const done = step(`spawn ${short(args[1]?.[0])}`);
  const child = spawn(...args);
  child.once('spawn', done);
  return child;
};

const request = http.request;
http.request = (options, callback) => {
  const isChange = options.method === 'POST' && options.path?.startsWith('/control/');
  if (!isChange) return request(options, callback);
  const sent = step(`send ${options.path}`);
  const outgoing = request(options, (incoming) => {
    const answered = step(`answer ${options.path}`);
    callback(incoming);
    incoming.once('end', answered);
  });
  outgoing.once('finish', sent);
  return outgoing;
};

syncBuiltinESMExports();
