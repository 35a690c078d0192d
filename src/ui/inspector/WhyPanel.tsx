// Why this node, or why still pending: the scheduler's last decision about a pod up to the playhead, node by node.
import type { Decision, NodeVerdict } from '../../cluster/scheduler/scheduler.ts';
import type { WhyMessages } from '../../i18n/language.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { keyOf } from '../../kube/meta.ts';
import { namespaceFlag } from '../../session/lines.ts';
import { formatMoment } from '../../session/selectors.ts';
import { useOverlays, useSession, useSessionHandle } from '../hooks.tsx';
import { useWhyMessages } from '../laterWords.ts';

export function WhyPanel({ pod }: { readonly pod: Pod }) {
  const { cluster } = useSessionHandle();
  const overlays = useOverlays();
  const words = useWhyMessages().why;
  const seq = useSession((state) => state.snapshot.seq);
  const isNow = useSession((state) => state.playheadMs === state.endMs);
  const decisions = cluster.scheduler.decisions(keyOf(pod)).filter((decision) => decision.seq <= seq);
  const last = decisions.at(-1);
  if (pod.spec.schedulingGates?.length) return <Gated pod={pod} />;
  if (!last) return <p className="quiet">{pod.spec.nodeName ? words.byHand : words.none}</p>;
  const waiting = isNow ? cluster.scheduler.waiting().find(({ podKey }) => podKey === keyOf(pod)) : undefined;
  const fits = last.verdicts.filter((verdict) => !verdict.rejectedBy);
  return (
    <div className="why-panel">
      <h3>{last.nodeName ? words.title(last.nodeName) : words.noNode}</h3>
      <p className="lead">
        {last.nodeName ? (
          <>
            {words.couldRun(fits.length, last.verdicts.length)} <b>{winSentence(last, fits, words)}</b>
          </>
        ) : (
          last.message
        )}
      </p>
      <Verdicts decision={last} />
      <div className="inspector-buttons">
        <button type="button" className="button" onClick={() => overlays.open({ type: 'why', key: keyOf(pod) })}>
          {words.wholeView} <kbd>W</kbd>
        </button>
      </div>
      <p className="quiet">
        {words.triedAt(formatMoment(last.atMs))}. {words.tries(decisions.length)}{' '}
        {waiting ? (waiting.retryAtMs === undefined ? words.wakes : words.retryAt(formatMoment(waiting.retryAtMs))) : null}
      </p>
    </div>
  );
}

/** Pods with a gate are not even queued. */
function Gated({ pod }: { readonly pod: Pod }) {
  const session = useSessionHandle();
  const words = useWhyMessages().why;
  const names = (pod.spec.schedulingGates ?? []).map(({ name }) => name).join(', ');
  const patch = JSON.stringify([{ op: 'remove', path: '/spec/schedulingGates' }]);
  return (
    <>
      <p className="lead">{words.gated(names)}</p>
      <button
        type="button"
        className="button primary"
        onClick={() => session.run(`kubectl patch pod ${pod.metadata.name}${namespaceFlag(pod)} --type=json -p '${patch}'`)}
      >
        {words.takeGate}
      </button>
    </>
  );
}

function winSentence(decision: Decision, fits: readonly NodeVerdict[], words: WhyMessages['why']): string {
  const node = decision.nodeName as string;
  if (fits.length === 1) return words.onlyOne(node);
  const won = fits.find((verdict) => verdict.nodeName === node)?.total ?? 0;
  const others = fits.filter((verdict) => verdict.nodeName !== node).map((verdict) => verdict.total ?? 0);
  const margin = won - Math.max(...others);
  return margin > 0 ? words.wonBy(node, margin) : words.tie(node, others.filter((total) => total === won).length + 1);
}

const ROWS_MAX = 60;

function Verdicts({ decision }: { readonly decision: Decision }) {
  const words = useWhyMessages().why;
  const plugins = [...new Set(decision.verdicts.flatMap(({ scores }) => Object.keys(scores ?? {})))];
  const told = plugins.filter((plugin) => new Set(decision.verdicts.map(({ scores }) => scores?.[plugin] ?? 0)).size > 1);
  const rows = decision.verdicts.toSorted((a, b) => (b.total ?? -1) - (a.total ?? -1)).slice(0, ROWS_MAX);
  return (
    <table className="inspector-table verdicts">
      <thead>
        <tr>
          <th>{words.columns.node}</th>
          {told.map((plugin) => (
            <th key={plugin} className="number" title={plugin}>
              {shortPlugin(plugin)}
            </th>
          ))}
          <th className="number">{words.columns.total}</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((verdict) => (
          <tr key={verdict.nodeName} data-won={verdict.nodeName === decision.nodeName ? true : undefined}>
            <th scope="row" className="mono">
              {verdict.nodeName}
            </th>
            {verdict.rejectedBy ? (
              <td colSpan={told.length + 1} className="alarm">
                {verdict.rejectedBy.reason} <span className="quiet">{verdict.rejectedBy.plugin}</span>
              </td>
            ) : (
              <>
                {told.map((plugin) => (
                  <td key={plugin} className="number mono">
                    {verdict.scores?.[plugin] ?? 0}
                  </td>
                ))}
                <td className="number mono total">{verdict.total ?? words.passes}</td>
              </>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** `NodeResourcesBalancedAllocation` is wider than its column; the full name is in the title. */
const shortPlugin = (plugin: string) =>
  plugin
    .replace(/^NodeResources|^Node|^Pod|^InterPod/, '')
    .replace('Allocation', '')
    .replace('Toleration', '')
    .replace('TopologySpread', 'Spread');
