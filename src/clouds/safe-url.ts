const SAFE = /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?(\/|$))/i;

/** Whether a secret that is sent there is read by nobody on the way. */
export function isSafeUrl(url: string): boolean {
  return SAFE.test(url);
}
