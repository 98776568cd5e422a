/**
 * Lets a process live in the time of a fake AWS: loaded with `node --import` before the action. Every answer of the fake
 * says what time it is there, and the process takes that for its own, so that an hour of watching takes as long as the
 * calls in it. Nothing of the action knows.
 */
import http from 'node:http';
import { syncBuiltinESMExports } from 'node:module';

const RealDate = Date;
// What it begins with: a process whose clock is set back at its first answer would wait for what it thought was soon.
const { FAKE_AWS_TIME } = process.env;
let ahead = FAKE_AWS_TIME === undefined ? 0 : RealDate.parse(FAKE_AWS_TIME) - RealDate.now();

globalThis.Date = class extends RealDate {
  constructor(...given) {
    if (given.length === 0) super(RealDate.now() + ahead);
    else super(...given);
  }
  static now() {
    return RealDate.now() + ahead;
  }
};

const request = http.request;
http.request = (...given) => {
  const outgoing = request(...given);
  outgoing.prependListener('response', ({ headers }) => {
    const told = headers['x-fake-time'];
    if (told === undefined) return;
    ahead = RealDate.parse(told) - RealDate.now();
    // The SDK repeats a request that fails where the two clocks differ.
    headers.date = new RealDate(told).toUTCString();
  });
  return outgoing;
};

syncBuiltinESMExports();
