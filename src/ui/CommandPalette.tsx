// Find or do: one box for objects, actions, scenarios and kubectl lines. Type, arrow keys, Enter.
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Messages } from '../i18n/language.ts';
import type { CustomResourceDefinition } from '../kube/custom/definition.ts';
import { keyOf, partsOf, type Snapshot } from '../kube/meta.ts';
import { scenarioNames } from '../scenario/library/names.ts';
import type { Session } from '../session/session.ts';
import { actionsFor } from './actions.ts';
import { type Overlays, useMessages, useOverlays, useSession, useSessionHandle } from './hooks.tsx';
import { undo } from './keys.ts';
import { nextLanguage } from './Toolbar.tsx';
import { useModal } from './useModal.ts';
import './palette.css';

interface Entry {
  readonly id: string;
  readonly group: string;
  readonly label: string;
  readonly detail?: string;
  readonly run: () => void;
}

const FOUND_MAX = 40;
const FINDABLE = [
  'Pod',
  'Deployment',
  'ReplicaSet',
  'ReplicationController',
  'StatefulSet',
  'DaemonSet',
  'Job',
  'CronJob',
  'Node',
  'CustomResourceDefinition',
];

export function CommandPalette() {
  const session = useSessionHandle();
  const m = useMessages();
  const overlays = useOverlays();
  const [query, setQuery] = useState('');
  const [active, setActive] = useState(0);
  const ref = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const epoch = useSession((state) => state.epoch);
  const all = useMemo(() => entriesOf(session, overlays, m, epoch), [session, overlays, m, epoch]);
  const found = useMemo(() => findEntries(all, query, session, m), [all, query, session, m]);
  useModal(ref, 'input');
  const choose = (entry: Entry | undefined): void => {
    if (!entry) return;
    overlays.close();
    entry.run();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const move = (to: number): void => {
      event.preventDefault();
      setActive((to + found.length) % Math.max(1, found.length));
    };
    if (event.key === 'ArrowDown') move(active + 1);
    else if (event.key === 'ArrowUp') move(active - 1);
    else if (event.key === 'Enter') {
      event.preventDefault();
      choose(found[active]);
    }
  };
  return (
    <dialog
      ref={ref}
      className="dialog palette"
      aria-label={m.palette.title}
      onCancel={(event) => {
        event.preventDefault();
        overlays.close();
      }}
      onPointerDown={(event) => event.target === ref.current && overlays.close()}
      onKeyDown={onKeyDown}
    >
      <input
        className="palette-input"
        role="combobox"
        aria-expanded="true"
        aria-controls={listId}
        aria-autocomplete="list"
        aria-activedescendant={found[active] ? `${listId}-${active}` : undefined}
        aria-label={m.palette.title}
        placeholder={m.palette.placeholder}
        value={query}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => {
          setQuery(event.target.value);
          setActive(0);
        }}
      />
      <div className="palette-list" role="listbox" id={listId} aria-label={m.palette.title}>
        {found.map((entry, i) => (
          <Row
            key={entry.id}
            id={`${listId}-${i}`}
            entry={entry}
            isActive={i === active}
            isFirst={entry.group !== found[i - 1]?.group}
            onChoose={choose}
          />
        ))}
        {found.length === 0 && <p className="palette-nothing dim">{m.palette.nothing}</p>}
      </div>
    </dialog>
  );
}

interface RowProps {
  readonly id: string;
  readonly entry: Entry;
  readonly isActive: boolean;
  readonly isFirst: boolean;
  readonly onChoose: (entry: Entry) => void;
}

function Row({ id, entry, isActive, isFirst, onChoose }: RowProps) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (isActive) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    <>
      {isFirst && <div className="palette-group">{entry.group}</div>}
      {/* The keyboard stays in the box above; the option is pressed with a pointer. */}
      <div
        ref={ref}
        id={id}
        className="palette-row"
        role="option"
        tabIndex={-1}
        aria-selected={isActive}
        onClick={() => onChoose(entry)}
        onKeyDown={undefined}
      >
        <span>{entry.label}</span>
        {entry.detail && <span className="palette-detail mono">{entry.detail}</span>}
      </div>
    </>
  );
}

function entriesOf(session: Session, overlays: Overlays, m: Messages, _epoch: number): readonly Entry[] {
  const { snapshot, selection, language } = session.store.getState();
  const { groups } = m.palette;
  const [key] = selection;
  const doing: Entry[] =
    key === undefined
      ? []
      : actionsFor(key, session, overlays, m).map(({ id, label, run }) => ({
          id: `do ${id}`,
          group: `${groups.actions}: ${partsOf(key).name}`,
          label,
          run,
        }));
  const world: Entry[] = [
    { id: 'paste', group: groups.world, label: m.toolbar.pasteYaml, run: () => overlays.open({ type: 'paste' }) },
    { id: 'node', group: groups.world, label: m.toolbar.addNode, run: () => overlays.open({ type: 'addNode' }) },
    { id: 'undo', group: groups.world, label: m.notice.undo, run: () => undo(session, m) },
    { id: 'share', group: groups.world, label: m.toolbar.share, run: () => overlays.open({ type: 'share' }) },
    { id: 'learn', group: groups.world, label: m.toolbar.learn, run: () => overlays.open({ type: 'course' }) },
    { id: 'classroom', group: groups.world, label: m.toolbar.classroom, run: () => session.present(true) },
    { id: 'draft', group: groups.world, label: m.toolbar.asLesson, run: () => overlays.open({ type: 'draft' }) },
    { id: 'terminal', group: groups.world, label: m.toolbar.terminal, run: () => session.openTerminal(true) },
    { id: 'language', group: groups.world, label: m.toolbar.language, run: () => session.setLanguage(nextLanguage(language)) },
    { id: 'shortcuts', group: groups.world, label: m.toolbar.shortcuts, run: () => overlays.open({ type: 'shortcuts' }) },
  ];
  const scenarios: Entry[] = scenarioNames.map((name) => ({
    id: `scenario ${name}`,
    group: groups.scenarios,
    label: m.scenarios[name].title,
    detail: m.scenarios[name].about,
    run: () => session.loadScenario(name),
  }));
  const objects: Entry[] = [...FINDABLE, ...customKinds(snapshot)].flatMap((kind) =>
    snapshot.list(kind).map((object) => ({
      id: keyOf(object),
      group: groups.objects,
      label: object.metadata.name,
      detail: kind,
      run: () => session.select([keyOf(object)]),
    })),
  );
  return [...doing, ...objects, ...scenarios, ...world];
}

/** The kinds that a person has added to this world. */
function customKinds(snapshot: Snapshot): string[] {
  const definitions = snapshot.list('CustomResourceDefinition') as readonly CustomResourceDefinition[];
  return definitions.flatMap(({ status }) => status.acceptedNames?.kind ?? []);
}

/** Every word typed must occur; what begins with them comes first. A kubectl line can always be run. */
function findEntries(all: readonly Entry[], query: string, session: Session, m: Messages): readonly Entry[] {
  const text = query.trim();
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  const fitting = all.filter(({ label, detail = '' }) => {
    const haystack = `${label} ${detail}`.toLowerCase();
    return words.every((word) => haystack.includes(word));
  });
  const line = /^(k|kubectl)\s/.test(text)
    ? [{ id: 'run', group: m.palette.groups.commands, label: m.palette.run(text), run: () => session.run(text) }]
    : [];
  return [...line, ...fitting].slice(0, FOUND_MAX);
}
