// The part of a pod that was chosen on the picture, in words: a container, a plug, a mount, a volume, a file and what it holds, the door.

import { type ContainerBox, type InsideModel, type PartId, type VolumeBox } from '../../scene/inside/model.ts';
import { insideRecord } from '../../scene/inside/read.ts';
import { fileBehind } from '../../scene/inside/volumes.ts';
import { namespaceFlag } from '../../session/lines.ts';
import type { Session } from '../../session/session.ts';
import { useMessages, useSession, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { useInsideMessages } from '../laterWords.ts';
import { FileText } from './FileText.tsx';

export function PartDetails({ model, part }: { readonly model: InsideModel; readonly part: PartId }) {
  const session = useSessionHandle();
  const words = useInsideMessages();
  const container = [...model.inits, ...model.containers].find(({ id }) => id === part);
  const volume = model.volumes.find(({ id, files }) => id === part || files.some((file) => file.id === part));
  const file = volume?.files.find(({ id }) => id === part);
  const title = container?.name ?? file?.path ?? volume?.name ?? titleOf(part);
  return (
    <section className="part-details" aria-label={title}>
      <header>
        <h3 className="mono">{title}</h3>
        <button type="button" className="button ghost square" aria-label={words.panel.letGo} onClick={() => session.choosePart(undefined)}>
          <Icon name="close" size={13} />
        </button>
      </header>
      {container ? <ContainerDetails model={model} box={container} /> : null}
      {file && volume ? <OpenFile model={model} volume={volume} path={file.path} /> : null}
      {volume && !file ? <p className="lead">{withWhy(words.volumeType(volume, true), volume.complaint)}</p> : null}
      {part === 'door' ? <p className="lead">{words.doorName(model)}</p> : null}
    </section>
  );
}

/** `plug/web/80` → `:80`, `mount/web/data` → `/data`. */
function titleOf(part: PartId): string {
  const [kind, , ...rest] = part.split('/');
  return kind === 'plug' ? `:${rest.join('/')}` : kind === 'mount' ? `/${rest.join('/')}` : part;
}

function ContainerDetails({ model, box }: { readonly model: InsideModel; readonly box: ContainerBox }) {
  const session = useSessionHandle();
  const words = useInsideMessages();
  const { tabs } = useMessages().inspector;
  const atMs = useSession((state) => Math.floor(state.playheadMs / 1000) * 1000);
  const selected = useSession((state) => state.selection);
  const { inside, resources } = box;
  const asked = (['cpu', 'memory'] as const).flatMap((name) => {
    const [request, limit] = [resources.requests?.[name], resources.limits?.[name]];
    return request === undefined && limit === undefined ? [] : [[name, words.panel.asks(request, limit)] as const];
  });
  const rows: readonly (readonly [string, string])[] = [
    [words.panel.image, box.image],
    [words.panel.state, withWhy(words.state(box.state, box.restarts, atMs), box.state.message)],
    ...(box.last ? [[words.panel.lastRun, words.lastRun(box.last.exitCode, box.last.reason)] as const] : []),
    ...box.probes.map((probe) => [words.probe(probe), withWhy(words.probeResult(probe, true), probe.complaint)] as const),
    ...asked,
    ...(model.resize ? [[words.panel.resize, withWhy(words.resize(model.resize), model.resize.message)] as const] : []),
    ...(inside ? [[words.panel.uses, `${inside.cpuMilli}m cpu, ${words.size(inside.memoryBytes)}`] as const] : []),
    ...box.mounts.map(({ path, volume }) => [path, words.panel.volume(volume)] as const),
  ];
  return (
    <>
      <dl className="inside-facts">
        {rows.map(([what, how]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{how}</dd>
          </div>
        ))}
      </dl>
      <div className="inspector-buttons">
        {inside && RUNS.has(box.state.stage) ? (
          <button type="button" className="button small" onClick={() => openShell(session, model, box)}>
            <Icon name="terminal" size={12} /> {words.panel.openShell}
          </button>
        ) : null}
        {(['logs', 'files', 'environment', 'processes'] as const).map((tab) => (
          <button type="button" className="button small" key={tab} onClick={() => session.select(selected, tab)}>
            {tabs[tab]}
          </button>
        ))}
      </div>
    </>
  );
}

const withWhy = (what: string, why: string | undefined) => (why ? `${what}: ${why}` : what);

const RUNS: ReadonlySet<ContainerBox['state']['stage']> = new Set(['running', 'notReady', 'starting', 'stopping']);

/** A shell in the container, in the terminal drawer. */
function openShell(session: Session, { pod }: InsideModel, { name }: ContainerBox): void {
  session.openTerminal(true);
  session.run(`kubectl exec -it ${pod.name}${namespaceFlag(pod.pod)} -c ${name} -- sh`);
}

function OpenFile({ model, volume, path }: { readonly model: InsideModel; readonly volume: VolumeBox; readonly path: string }) {
  const words = useInsideMessages();
  const snapshot = useSession((state) => state.snapshot);
  const disk = insideRecord(snapshot, model.pod.key)?.volumes[volume.disk];
  const entry = disk && fileBehind(disk, `${volume.folder}/${path}`);
  if (!entry) return <p className="quiet">{words.panel.notKnown}</p>;
  return (
    <>
      <p className="quiet">{words.fileName({ path, bytes: entry.bytes ?? entry.text.length }, volume.name, undefined)}</p>
      <FileText path={path} text={entry.text} />
    </>
  );
}
