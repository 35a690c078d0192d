// How long a crashed container waits for its next try, among all the waits: each twice as long, up to five minutes.
import type { Pod } from '../../kube/kinds/pod.ts';
import { formatMoment } from '../../session/selectors.ts';
import { useWhyMessages } from '../laterWords.ts';
import { usePodState } from './usePodState.ts';

const WAITS_S = [10, 20, 40, 80, 160, 300];

export function BackOff({ pod }: { readonly pod: Pod }) {
  const words = useWhyMessages().backOff;
  const { name, count = 0, level = 0, leftMs = 0 } = usePodState(pod);
  if (name !== 'crashed' || leftMs <= 0) return null;
  const now = Math.min(Math.max(0, count - 1), WAITS_S.length - 1);
  return (
    <section className="backoff">
      <h3>{words.next(formatMoment(Math.ceil(leftMs / 1000) * 1000))}</h3>
      <p>{words.doubles}</p>
      <ol aria-hidden="true">
        {WAITS_S.map((seconds, i) => (
          <li
            key={seconds}
            data-state={i < now ? 'over' : i > now ? 'ahead' : 'now'}
            style={{ flexGrow: seconds, '--waited': `${Math.round(level * 100)}%` } as React.CSSProperties}
          >
            <span />
            {seconds}
          </li>
        ))}
      </ol>
    </section>
  );
}
