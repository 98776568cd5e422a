/**
 * Lets a process live in the time of a stand-in for a cloud: loaded with `node --import` before the action. Every answer
 * says what time it is there, and the process takes that for its own: an hour of watching takes as long as the calls in
 * it. Nothing of the action knows.
 */
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

const RealDate = Date;
// What it begins with: a process whose clock is set back at its first answer would wait for what it thought was soon.
const { FAKE_TIME } = process.env;
let ahead = FAKE_TIME === undefined ? 0 : RealDate.parse(FAKE_TIME) - RealDate.now();

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + ahead);
    else super(...given);
  }
  static now() {
    return RealDate.now() + ahead;
  }
};

function take(told) {
  ahead = RealDate.parse(told) - RealDate.now();
}

const fetch = globalThis.fetch;
globalThis.fetch = async (...given) => {
  const response = await fetch(...given);
  const told = response.headers.get('x-fake-time');
  if (told !== null) take(told);
  return response;
};

const request = http.request;
http.request = (...given) => {
  const outgoing = request(...given);
  outgoing.prependListener('response', ({ headers }) => {
    const told = headers['x-fake-time'];
    if (told === undefined) return;
    take(told);
    // The SDK repeats a request that fails where the two clocks differ.
    headers.date = new RealDate(told).toUTCString();
  });
  return outgoing;
};

syncBuiltinESMExports();
