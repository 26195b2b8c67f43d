import type { TrafficProgress } from '../../traffic/options.js';
import type { Effects } from '../kit/effects.js';

/** A line on a terminal that tells how far the reading is; on anything else, nothing. */
export interface ProgressLine {
  readonly tell: (progress: TrafficProgress) => void;
  /** Takes the line away. */
  readonly clear: () => void;
}

const redrawMilliseconds = 200;
const megabyte = 1024 * 1024;
const clearLine = '\r\u001b[K';

/** The progress of reading traffic: files, bytes, records a second, time left. */
export function trafficProgress({ stderr, now }: Pick<Effects, 'stderr' | 'now'>): ProgressLine {
  if (stderr.isTTY !== true) return { tell: () => {}, clear: () => {} };
  const began = now().getTime();
  let drawn = began;
  let isShown = false;
  return {
    tell: (progress) => {
      const time = now().getTime();
      if (time - drawn < redrawMilliseconds) return;
      drawn = time;
      isShown = true;
      const width = Math.max(20, (stderr.columns ?? 80) - 1);
      stderr.write(`${clearLine}${lineOf(progress, (time - began) / 1000).slice(0, width)}`);
    },
    clear: () => {
      if (isShown) stderr.write(clearLine);
    },
  };
}

function lineOf({ files, bytes, totalBytes, records }: TrafficProgress, seconds: number): string {
  const share = totalBytes === 0 ? 0 : Math.min(1, bytes / totalBytes);
  const parts = [
    `${Math.floor(share * 100)}%`,
    `${(bytes / megabyte).toFixed(0)} of ${(totalBytes / megabyte).toFixed(0)} MB`,
    files === 1 ? '1 file' : `${files} files`,
    `${Math.round(records / Math.max(seconds, 0.001) / 1000)},000 records/s`,
  ];
  if (share > 0) parts.push(`${Math.ceil((seconds * (1 - share)) / share)} s left`);
  return `reading: ${parts.join(', ')}`;
}
