import { plural } from '../../base/text.js';
import type { TrafficProgress } from '../../traffic/options.js';
import type { Effects } from '../kit/effects.js';
import type { ProgressLine } from '../kit/progress.js';

const redrawMilliseconds = 200;
const megabyte = 1024 * 1024;

/** Shows the progress of reading traffic, five times a second: files, bytes, records a second, time left. */
export function trafficProgress(
  line: ProgressLine,
  now: Effects['now'],
): (progress: TrafficProgress) => void {
  const began = now().getTime();
  let drawn = began;
  return (progress) => {
    const time = now().getTime();
    if (time - drawn < redrawMilliseconds) return;
    drawn = time;
    line.show(lineOf(progress, (time - began) / 1000));
  };
}

function lineOf({ files, bytes, totalBytes, records }: TrafficProgress, seconds: number): string {
  const share = totalBytes === 0 ? 0 : Math.min(1, bytes / totalBytes);
  const parts = [
    `${Math.floor(share * 100)}%`,
    `${(bytes / megabyte).toFixed(0)} of ${(totalBytes / megabyte).toFixed(0)} MB`,
    plural(files, 'file'),
    `${Math.round(records / Math.max(seconds, 0.001) / 1000)},000 records/s`,
  ];
  if (share > 0) parts.push(`${Math.ceil((seconds * (1 - share)) / share)} s left`);
  return `reading: ${parts.join(', ')}`;
}
