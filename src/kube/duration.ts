// How long ago, in kubectl's short words. Models apimachinery/pkg/util/duration/duration.go.
import { fromTimestamp } from './meta.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

const whole = (ms: number, unit: number) => Math.trunc(ms / unit);

/** Two or three digits of the largest units that matter: `5s`, `2m5s`, `10m`, `3h20m`, `4d1h`, `2y10d`. */
export function humanDuration(ms: number): string {
  const seconds = whole(ms, SECOND);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 120) return `${seconds}s`;
  const minutes = whole(ms, MINUTE);
  if (minutes < 10) return pair(minutes, 'm', seconds % 60, 's');
  if (minutes < 180) return `${minutes}m`;
  const hours = whole(ms, HOUR);
  if (hours < 8) return pair(hours, 'h', minutes % 60, 'm');
  if (hours < 48) return `${hours}h`;
  if (hours < 192) return pair(whole(hours, 24), 'd', hours % 24, 'h');
  if (hours < 24 * 365 * 2) return `${whole(hours, 24)}d`;
  if (hours < 24 * 365 * 8) return pair(whole(ms, YEAR), 'y', whole(hours, 24) % 365, 'd');
  return `${whole(ms, YEAR)}y`;
}

/** One digit less than `humanDuration`: `2m`, `3h`, `4d`. */
export function shortHumanDuration(ms: number): string {
  const seconds = whole(ms, SECOND);
  if (seconds < -1) return '<invalid>';
  if (seconds < 0) return '0s';
  if (seconds < 60) return `${seconds}s`;
  if (ms < HOUR) return `${whole(ms, MINUTE)}m`;
  if (ms < DAY) return `${whole(ms, HOUR)}h`;
  if (ms < YEAR) return `${whole(ms, DAY)}d`;
  return `${whole(ms, YEAR)}y`;
}

function pair(large: number, largeUnit: string, small: number, smallUnit: string): string {
  return small === 0 ? `${large}${largeUnit}` : `${large}${largeUnit}${small}${smallUnit}`;
}

/** The time since a Kubernetes timestamp as `kubectl get` prints ages; `<unknown>` without one. */
export function humanAge(timestamp: string | null | undefined, nowMs: number): string {
  if (!timestamp) return '<unknown>';
  return humanDuration(nowMs - fromTimestamp(timestamp));
}
