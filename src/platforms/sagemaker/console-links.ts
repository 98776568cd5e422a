/** Where people look at an endpoint. */
import { consoleUrl, logGroupUrl } from '../../clouds/aws/console.ts';
import type { ConsoleLink } from '../../core/targets.ts';
import { logGroupOf } from './explain/log-tail.ts';

export function consoleLinks(endpoint: string, region: string): ConsoleLink[] {
  const links = {
    Endpoint: consoleUrl(region, 'sagemaker', `/endpoints/${endpoint}`),
    Log: logGroupUrl(region, logGroupOf(endpoint)),
  };
  return Object.entries(links).flatMap(([title, url]) => (url === null ? [] : [{ title, url }]));
}
