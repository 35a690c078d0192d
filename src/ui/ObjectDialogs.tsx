// The small dialogs of actions that need a word more: how many replicas, which labels, what kind of machine.
import { useState } from 'react';
import { partsOf } from '../kube/meta.ts';
import { objectAt, referenceOf } from './actions.ts';
import { Dialog } from './Dialog.tsx';
import { useMessages, useOverlays, useSession, useSessionHandle } from './hooks.tsx';
import { Icon } from './icons.tsx';

const REPLICAS_MAX = 100_000;

export function ScaleDialog({ objectKey }: { readonly objectKey: string }) {
  const session = useSessionHandle();
  const m = useMessages();
  const { close } = useOverlays();
  const current = (objectAt(session, objectKey)?.spec as { replicas?: number } | undefined)?.replicas ?? 1;
  const [replicas, setReplicas] = useState(current);
  const { name, flag } = referenceOf(objectKey);
  const change = (to: number) => setReplicas(Math.max(0, Math.min(REPLICAS_MAX, Math.round(to) || 0)));
  return (
    <Dialog title={m.scale.title(name)} onClose={close}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          close();
          session.run(`kubectl scale ${name} --replicas=${replicas}${flag}`);
        }}
      >
        <div className="stepper">
          <button type="button" aria-label={m.scale.less} onClick={() => change(replicas - 1)}>
            <Icon name="minus" />
          </button>
          <input
            type="number"
            min={0}
            max={REPLICAS_MAX}
            value={replicas}
            aria-label={m.scale.label}
            data-focus
            onFocus={(event) => event.target.select()}
            onChange={(event) => change(Number(event.target.value))}
          />
          <button type="button" aria-label={m.scale.more} onClick={() => change(replicas + 1)}>
            <Icon name="plus" />
          </button>
        </div>
        <div className="dialog-buttons">
          <button type="submit" className="button primary">
            {m.scale.apply}
          </button>
          <button type="button" className="button" onClick={close}>
            {m.scale.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

interface LabelRow {
  readonly id: number;
  readonly key: string;
  readonly value: string;
}

export function LabelsDialog({ objectKey }: { readonly objectKey: string }) {
  const session = useSessionHandle();
  const m = useMessages();
  const { close } = useOverlays();
  const before = objectAt(session, objectKey)?.metadata.labels ?? {};
  const [rows, setRows] = useState<readonly LabelRow[]>(() => Object.entries(before).map(([key, value], id) => ({ id, key, value })));
  const { name, flag } = referenceOf(objectKey);
  const edit = (id: number, change: Partial<LabelRow>) => setRows(rows.map((row) => (row.id === id ? { ...row, ...change } : row)));
  const line = labelLine(name, flag, before, rows);
  return (
    <Dialog title={m.labels.title(partsOf(objectKey).name)} onClose={close}>
      <p className="mid">{m.labels.about}</p>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          close();
          if (line) session.run(line);
        }}
      >
        {rows.map(({ id, key, value }) => (
          <div className="labels-row" key={id}>
            <input
              className="field mono"
              aria-label={m.labels.key}
              value={key}
              onChange={(event) => edit(id, { key: event.target.value.trim() })}
            />
            <input
              className="field mono"
              aria-label={m.labels.value}
              value={value}
              onChange={(event) => edit(id, { value: event.target.value.trim() })}
            />
            <button
              type="button"
              className="button square"
              aria-label={m.labels.remove(key)}
              onClick={() => setRows(rows.filter((row) => row.id !== id))}
            >
              <Icon name="close" size={14} />
            </button>
          </div>
        ))}
        <button
          type="button"
          className="button"
          onClick={() => setRows([...rows, { id: Math.max(-1, ...rows.map(({ id }) => id)) + 1, key: '', value: '' }])}
        >
          <Icon name="plus" size={14} />
          {m.labels.add}
        </button>
        <div className="dialog-buttons">
          <button type="submit" className="button primary" disabled={!line}>
            {m.labels.apply}
          </button>
          <button type="button" className="button" onClick={close}>
            {m.labels.cancel}
          </button>
        </div>
        {line && <code className="mono dim dialog-line">{line}</code>}
      </form>
    </Dialog>
  );
}

/** The line that turns the labels before into the rows; undefined when nothing differs. */
function labelLine(name: string, flag: string, before: Readonly<Record<string, string>>, rows: readonly LabelRow[]): string | undefined {
  const after = new Map(rows.filter(({ key }) => key).map(({ key, value }) => [key, value]));
  const removed = Object.keys(before).filter((key) => !after.has(key));
  const set = [...after].filter(([key, value]) => before[key] !== value);
  const words = [...set.map(([key, value]) => `${key}=${value}`), ...removed.map((key) => `${key}-`)];
  if (words.length === 0) return undefined;
  const isOverwriting = set.some(([key]) => key in before);
  return `kubectl label ${name}${flag} ${words.join(' ')}${isOverwriting ? ' --overwrite' : ''}`;
}

export function AddNodeDialog() {
  const session = useSessionHandle();
  const m = useMessages();
  const { close } = useOverlays();
  const nodes = useSession((state) => state.snapshot).list('Node');
  const [name, setName] = useState(() => freeName(nodes.map(({ metadata }) => metadata.name)));
  const [cpu, setCpu] = useState('2');
  const [memory, setMemory] = useState('4Gi');
  return (
    <Dialog title={m.addNode.title} onClose={close}>
      <form
        className="dialog-form"
        onSubmit={(event) => {
          event.preventDefault();
          close();
          const labels = { 'topology.kubernetes.io/zone': `zone-${name.split('-').at(-1)}` };
          session.act({ type: 'addNode', machine: { name, cpu, memory, labels } });
        }}
      >
        <div className="form-grid">
          <label htmlFor="node-name">{m.addNode.name}</label>
          <input
            id="node-name"
            className="field mono"
            value={name}
            required
            pattern="[a-z0-9]([a-z0-9\-]*[a-z0-9])?"
            onChange={(event) => setName(event.target.value)}
          />
          <label htmlFor="node-cpu">{m.addNode.cpu}</label>
          <input
            id="node-cpu"
            className="field mono"
            value={cpu}
            required
            pattern="\d+(\.\d+)?m?"
            onChange={(event) => setCpu(event.target.value)}
          />
          <label htmlFor="node-memory">{m.addNode.memory}</label>
          <input
            id="node-memory"
            className="field mono"
            value={memory}
            required
            pattern="\d+(\.\d+)?([KMGT]i?)?"
            onChange={(event) => setMemory(event.target.value)}
          />
        </div>
        <div className="dialog-buttons">
          <button type="submit" className="button primary">
            {m.addNode.apply}
          </button>
          <button type="button" className="button" onClick={close}>
            {m.addNode.cancel}
          </button>
        </div>
      </form>
    </Dialog>
  );
}

/** node-d after node-c. */
function freeName(taken: readonly string[]): string {
  for (let i = 0; ; i++) {
    const name = i < 26 ? `node-${String.fromCharCode(97 + i)}` : `node-${i + 1}`;
    if (!taken.includes(name)) return name;
  }
}
