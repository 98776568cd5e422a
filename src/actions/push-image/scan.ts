/** The vulnerability scan of ECR: waited for, reported, and a reason to stop if asked. */
import { OutcomeError } from '../../core/errors.ts';
import type { EcrRegistry } from '../../core/image/ecr.ts';
import type { PublishedImage } from '../../core/image/published-image.ts';
import { findingsFrom, sortedCounts, type ScanState } from '../../core/image/scan.ts';
import { poll } from '../../core/poll.ts';
import type { PushImagePorts } from './ports.ts';
import type { PushImageInputs } from './inputs.ts';
import type { ImageJob } from './prepare.ts';
import { scanSummaryOf } from './summary.ts';

/** Basic scans take seconds to a few minutes. */
const SCAN_MS = 15 * 60_000;

/**
 * What the scan found; null if none was asked for, or none could be had and that is no reason to fail.
 * @throws OutcomeError if `scan: block` is set, and the image has such findings or could not be scanned.
 */
export async function scanImage(
  job: ImageJob,
  { manifest: { digest } }: PublishedImage,
  inputs: PushImageInputs,
  ports: PushImagePorts,
): Promise<ScanState | null> {
  const { ecr } = job;
  if (inputs.scan === 'off' || ecr === null) return null;
  const state = await ports.log.group(`Scan of ${job.name.repository}@${digest}`, () =>
    waitForScan(ecr, job.name.repository, digest, ports),
  );
  if (state?.status !== 'done') return withoutResult(job, state, inputs, ports);
  const counts = Object.fromEntries(sortedCounts(state.counts));
  ports.report.output('scan-findings', JSON.stringify(counts));
  ports.log.info(`The scan found ${wordsOf(state)}.`);
  const blocking = findingsFrom(state.counts, inputs.scanSeverity);
  if (inputs.scan === 'block' && blocking > 0) {
    ports.report.summary(scanSummaryOf(state));
    throw new OutcomeError(
      `The scan found ${blocking} ${blocking === 1 ? 'vulnerability' : 'vulnerabilities'} of the severity ${inputs.scanSeverity} or worse in ${job.name.repository}@${digest} (${wordsOf(state)}), so this image must not be used. Rebuild it on a newer base image, or raise scan-severity. image-tags were not set.`,
      { page: 'image-scan' },
    );
  }
  return state;
}

async function waitForScan(
  registry: EcrRegistry,
  repository: string,
  digest: string,
  ports: PushImagePorts,
): Promise<ScanState | null> {
  const { ecr, log, clock, signal, pollMs } = ports;
  let asked = false;
  const { state } = await poll({
    check: async () => {
      const found = await ecr.scanState(registry, repository, digest);
      // Repositories that scan on push show it after a moment; asking twice does no harm.
      if (found === null && !asked) {
        asked = true;
        return ecr.startScan(registry, repository, digest);
      }
      return found;
    },
    done: (found) => found !== null && found.status !== 'running',
    key: (found) => found?.detail ?? 'none',
    onChange: (found) => log.info(found === null ? 'There is no scan yet.' : `Scan: ${found.detail}`),
    intervalMs: pollMs,
    timeoutMs: SCAN_MS,
    clock,
    signal,
  });
  return state;
}

function withoutResult(
  job: ImageJob,
  state: ScanState | null,
  { scan }: PushImageInputs,
  { log }: PushImagePorts,
): null {
  const why =
    state?.status === 'impossible'
      ? `cannot be scanned (${state.detail})`
      : `has no scan result after ${SCAN_MS / 60_000} minutes (${state?.detail ?? 'no scan was started'})`;
  const message = `The image ${job.build.reference} ${why}.`;
  if (scan === 'block') {
    throw new OutcomeError(
      `${message} With scan: block it must not be used; check the registry's scan settings, or set scan: report.`,
      { page: 'image-scan' },
    );
  }
  log.warning(message);
  return null;
}

function wordsOf({ counts }: ScanState): string {
  const parts = sortedCounts(counts).map(([severity, count]) => `${count} ${severity}`);
  return parts.join(', ') || 'nothing';
}
