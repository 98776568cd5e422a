import type { ImageName } from '../../core/image/reference.ts';

/** What Docker Hub is called in the names of images. */
export const DOCKER_HUB = 'docker.io';
/** Docker Hub's API lives under another name than its images. */
const DOCKER_HUB_API = 'registry-1.docker.io';

/** Whether a host (with or without port) is this machine, where registries speak plain http. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/:\d+$/, '');
  return name === 'localhost' || /^127(\.\d{1,3}){3}$/.test(name) || name === '[::1]';
}

/** `https://host/v2/` */
export function apiRoot(name: ImageName): string {
  const host = name.registry === DOCKER_HUB ? DOCKER_HUB_API : name.registry;
  return `${isLoopback(host) ? 'http' : 'https'}://${host}/v2/`;
}
