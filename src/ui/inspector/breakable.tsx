// Long words that may go on in the next line, where there is no room for them whole.
import type { ReactNode } from 'react';

/** `topology.kubernetes.io/` and `zone`. */
export const brokenAtSlashes = (text: string) => breakable(text.split(/(?<=\/)/));

/** `readiness` and `Probe`. */
export const brokenAtHumps = (text: string) => breakable(text.split(/(?=[A-Z])/));

function breakable(parts: readonly string[]): ReactNode {
  return parts.flatMap((part, i) => (i === 0 ? [part] : [<wbr key={`${i} ${part}`} />, part]));
}
