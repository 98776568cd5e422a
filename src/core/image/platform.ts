/** Platforms as `os/architecture[/variant]`, in the words of the OCI image specification (GOOS and GOARCH). */

/** The variant that an architecture has when none is written. https://github.com/containerd/platforms */
const USUAL_VARIANT: Readonly<Record<string, string>> = { arm64: 'v8', arm: 'v7' };

export interface Platform {
  readonly os: string;
  readonly architecture: string;
  readonly variant: string;
}

export function parsePlatform(text: string): Platform {
  const [os = '', architecture = '', variant = ''] = text.split('/');
  return { os, architecture, variant: variant || (USUAL_VARIANT[architecture] ?? '') };
}

export function formatPlatform(platform: {
  os: string;
  architecture: string;
  variant?: string | undefined;
}): string {
  const usual = USUAL_VARIANT[platform.architecture] ?? '';
  const variant = platform.variant && platform.variant !== usual ? `/${platform.variant}` : '';
  return `${platform.os}/${platform.architecture}${variant}`;
}

/** Whether two texts mean the same platform, as linux/arm64 and linux/arm64/v8 do. */
export function samePlatform(a: string, b: string): boolean {
  return formatPlatform(parsePlatform(a)) === formatPlatform(parsePlatform(b));
}
