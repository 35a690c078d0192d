// A rollout of hundreds of pods: how many are of the new template, zone by zone, and what is out of the ordinary, each with the way to it.
import type { Node } from '../../kube/kinds/node.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import { conditionOf, keyOf, type Snapshot } from '../../kube/meta.ts';
import type { Looks } from '../../scene/looks.ts';
import { hasPattern } from '../../scene/patterns.ts';
import type { Look } from '../../scene/podRecord.ts';
import { patternUrl } from '../Glyph.tsx';
import { useMessages, useSession, useSessionHandle } from '../hooks.tsx';
import './scale.css';

interface RolloutAtScaleProps {
  readonly pods: readonly Pod[];
  readonly newest: Look;
}

interface Zone {
  readonly name: string;
  all: number;
  newer: number;
}

export function RolloutAtScale({ pods, newest }: RolloutAtScaleProps) {
  const { looks } = useSessionHandle();
  const messages = useMessages();
  const words = messages.inspector.rollout;
  const snapshot = useSession((state) => state.snapshot);
  const zones = zonesOf(pods, snapshot, looks, newest);
  const newer = zones.reduce((sum, zone) => sum + zone.newer, 0);
  const older = pods.map((pod) => looks.ofPod(pod)).find((look) => look !== newest) ?? newest;
  return (
    <section className="at-scale">
      <p className="at-scale-number">{messages.scene.number(newer)}</p>
      <p className="quiet">{words.ofPods(messages.scene.number(pods.length), newest.letter)}</p>
      <ul>
        {zones.map(({ name, all, newer: count }) => (
          <li key={name}>
            <span>{name || messages.scene.heat.noZone}</span>
            <Share newest={newest} older={older} share={all > 0 ? count / all : 0} />
            <span className="mono">
              {messages.scene.number(count)} {newest.letter}
            </span>
          </li>
        ))}
      </ul>
      <OutOfTheOrdinary pods={pods} snapshot={snapshot} />
    </section>
  );
}

function zonesOf(pods: readonly Pod[], snapshot: Snapshot, looks: Looks, newest: Look): readonly Zone[] {
  const zoneOf = new Map(
    (snapshot.list('Node') as readonly Node[]).map(({ metadata }) => [
      metadata.name,
      metadata.labels?.['topology.kubernetes.io/zone'] ?? '',
    ]),
  );
  const zones = new Map<string, Zone>();
  for (const pod of pods) {
    const name = zoneOf.get(pod.spec.nodeName ?? '');
    if (name === undefined || pod.metadata.deletionTimestamp) continue;
    let zone = zones.get(name);
    if (!zone) zones.set(name, (zone = { name, all: 0, newer: 0 }));
    zone.all++;
    if (looks.ofPod(pod) === newest) zone.newer++;
  }
  return [...zones.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

function Share({ newest, older, share }: { readonly newest: Look; readonly older: Look; readonly share: number }) {
  const piece = (look: Look, x: number, width: number) => (
    <g className={`look-${look.shape}`}>
      <rect x={`${x}%`} width={`${width}%`} height="12" style={{ fill: 'var(--fill)' }} />
      {hasPattern(look.shape) ? <rect x={`${x}%`} width={`${width}%`} height="12" fill={patternUrl(`full-${look.shape}`)} /> : null}
    </g>
  );
  return (
    <svg className="podglyph" width="100%" height="12" aria-hidden="true">
      {piece(newest, 0, share * 100)}
      {piece(older, share * 100, 100 - share * 100)}
    </svg>
  );
}

/** What needs a look, with how many of it; pressing it selects them. */
function OutOfTheOrdinary({ pods, snapshot }: { readonly pods: readonly Pod[]; readonly snapshot: Snapshot }) {
  const session = useSessionHandle();
  const words = useMessages().inspector.rollout;
  const nodes = snapshot.list('Node') as readonly Node[];
  const crashing = ({ status }: Pod) => (status.containerStatuses ?? []).some(({ state }) => state.waiting?.reason === 'CrashLoopBackOff');
  const rows = [
    {
      words: words.nodesNotReady,
      keys: nodes.filter(({ status }) => conditionOf(status?.conditions, 'Ready')?.status !== 'True').map(keyOf),
    },
    {
      words: words.nodesPressed,
      keys: nodes.filter(({ status }) => conditionOf(status?.conditions, 'MemoryPressure')?.status === 'True').map(keyOf),
    },
    { words: words.nodesCordoned, keys: nodes.filter(({ spec }) => spec.unschedulable).map(keyOf) },
    { words: words.podsCrashing, keys: pods.filter(crashing).map(keyOf) },
    { words: words.podsWaiting, keys: pods.filter(({ spec }) => !spec.nodeName).map(keyOf) },
  ].filter(({ keys }) => keys.length > 0);
  if (rows.length === 0) return null;
  return (
    <>
      <h3>{words.outOfOrdinary}</h3>
      <ul className="at-scale-odd">
        {rows.map(({ words: text, keys }) => (
          <li key={text}>
            <button type="button" onClick={() => session.select(keys)}>
              <b className="mono">{keys.length}</b> {text}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
