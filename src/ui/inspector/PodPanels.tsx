// What is inside a pod, for the inspector: loaded when one of its tabs is opened.
import './inside.css';
import { type ReactNode, useState } from 'react';
import type { Pod } from '../../kube/kinds/pod.ts';
import { keyOf } from '../../kube/meta.ts';
import type { ContainerBox, InsideModel } from '../../scene/inside/model.ts';
import { readInside } from '../../scene/inside/read.ts';
import { formatMoment } from '../../session/selectors.ts';
import { useSession, useSessionHandle } from '../hooks.tsx';
import { useInsideMessages } from '../laterWords.ts';
import { environmentRows } from './environmentRows.ts';
import { FileText } from './FileText.tsx';
import { InsidePanel } from './InsidePanel.tsx';
import { LogsPanel } from './LogsPanel.tsx';

export type PodPanelName = 'inside' | 'logs' | 'files' | 'environment' | 'processes';

export function PodPanels({ pod, show }: { readonly pod: Pod; readonly show: PodPanelName }) {
  const session = useSessionHandle();
  const snapshot = useSession((state) => state.snapshot);
  const model = readInside(snapshot, keyOf(pod), session.looks);
  if (!model) return null;
  switch (show) {
    case 'inside':
      return <InsidePanel model={model} />;
    case 'logs':
      return <LogsPanel model={model} />;
    case 'files':
      return <FilesPanel model={model} />;
    case 'environment':
      return <PerContainer model={model} render={(box) => <Environment box={box} pod={pod} />} />;
    case 'processes':
      return <PerContainer model={model} render={(box) => <Processes box={box} />} />;
  }
}

function PerContainer({ model, render }: { readonly model: InsideModel; readonly render: (box: ContainerBox) => ReactNode }) {
  return [...model.containers, ...model.inits].map((box) => (
    <section key={box.id}>
      <h3 className="mono">{box.name}</h3>
      {render(box)}
    </section>
  ));
}

function Environment({ box, pod }: { readonly box: ContainerBox; readonly pod: Pod }) {
  const words = useInsideMessages().panel;
  const snapshot = useSession((state) => state.snapshot);
  const rows = environmentRows(pod, box.name, snapshot);
  if (rows.length === 0) return <p className="quiet">{words.noEnvironment}</p>;
  return (
    <table className="inspector-table">
      <tbody>
        {rows.map(({ name, value, source }) => (
          <tr key={name}>
            <th scope="row" className="mono">
              {name}
            </th>
            <td>
              {value === undefined ? null : <code>{value}</code>}
              {source ? <span className="event-source quiet">{words.from(source)}</span> : null}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Processes({ box: { inside } }: { readonly box: ContainerBox }) {
  const words = useInsideMessages().panel;
  if (!inside || inside.processes.length === 0) return <p className="quiet">{inside ? words.noProcesses : words.notKnown}</p>;
  return (
    <table className="inspector-table">
      <thead>
        <tr>
          <th>PID</th>
          <th>{words.command}</th>
        </tr>
      </thead>
      <tbody>
        {inside.processes.map(({ pid, title }) => (
          <tr key={pid}>
            <td className="mono">{pid}</td>
            <td>
              <code>{title}</code>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

// Files

interface Shelf {
  readonly id: string;
  readonly title: string;
  readonly files: readonly { readonly path: string; readonly bytes: number; readonly atMs?: number; readonly text: string | undefined }[];
}

function FilesPanel({ model }: { readonly model: InsideModel }) {
  const words = useInsideMessages().panel;
  const shelves = [...model.volumes.map((volume) => volumeShelf(model, volume, words.volume)), ...layerShelves(model, words.layer)];
  if (shelves.length === 0) return <p className="quiet">{words.noVolumes}</p>;
  return shelves.map((shelf) => <Files key={shelf.id} shelf={shelf} />);
}

function volumeShelf(
  { inside }: InsideModel,
  { id, name, disk, folder, files }: InsideModel['volumes'][number],
  title: (name: string) => string,
): Shelf {
  const entries = inside?.volumes[disk];
  return { id, title: title(name), files: files.map((file) => ({ ...file, text: entries?.get(`${folder}/${file.path}`)?.text })) };
}

/** The kubelet writes these for every container. */
const OF_KUBELET: ReadonlySet<string> = new Set(['/etc/hosts', '/etc/hostname', '/etc/resolv.conf']);

/** What containers changed of their own image: gone with them. */
function layerShelves({ inside }: InsideModel, title: (container: string) => string): Shelf[] {
  return Object.values(inside?.containers ?? {}).flatMap(({ name, layer }) => {
    const files = [...layer].filter(([path, { type }]) => type === 'file' && !OF_KUBELET.has(path));
    if (files.length === 0) return [];
    return [
      {
        id: `layer/${name}`,
        title: title(name),
        files: files.map(([path, { text, bytes, atMs }]) => ({ path, bytes: bytes ?? text.length, atMs, text })),
      },
    ];
  });
}

function Files({ shelf }: { readonly shelf: Shelf }) {
  const words = useInsideMessages();
  const [open, setOpen] = useState<string>();
  const shown = shelf.files.find(({ path }) => path === open);
  return (
    <section>
      <h3>{shelf.title}</h3>
      {shelf.files.length === 0 ? <p className="quiet">{words.panel.noFiles}</p> : null}
      <table className="inspector-table">
        <tbody>
          {shelf.files.map(({ path, bytes, atMs }) => (
            <tr key={path}>
              <th scope="row">
                <button
                  type="button"
                  className="link mono"
                  aria-expanded={path === open}
                  onClick={() => setOpen(path === open ? undefined : path)}
                >
                  {path}
                </button>
              </th>
              <td className="number mono">{words.size(bytes)}</td>
              <td className="number mono quiet">{atMs === undefined ? '' : formatMoment(atMs)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      {shown?.text === undefined ? null : <FileText path={shown.path} text={shown.text} />}
    </section>
  );
}
