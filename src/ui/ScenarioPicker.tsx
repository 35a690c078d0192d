// All scenarios, under headings, with a box to find one: type, arrow keys, Enter. Loaded when it is first opened.
import { type KeyboardEvent, useEffect, useId, useMemo, useRef, useState } from 'react';
import type { Messages } from '../i18n/language.ts';
import { type ScenarioGroup, type ScenarioName, scenarioShelves } from '../scenario/library/names.ts';
import { useMessages, useOverlays, useSession, useSessionHandle } from './hooks.tsx';
import { Icon } from './icons.tsx';
import { useModal } from './useModal.ts';
import './picker.css';

interface Shelf {
  readonly group: ScenarioGroup;
  readonly names: readonly ScenarioName[];
}

export function ScenarioPicker() {
  const session = useSessionHandle();
  const m = useMessages();
  const { close } = useOverlays();
  const current = useSession((state) => state.scenario);
  const [query, setQuery] = useState('');
  const ref = useRef<HTMLDialogElement>(null);
  const listId = useId();
  const shelves = useMemo(() => shelvesFor(query, m), [query, m]);
  const shown = useMemo(() => shelves.flatMap(({ names }) => names), [shelves]);
  const [chosen, setChosen] = useState<string | undefined>(current);
  const active = shown.find((name) => name === chosen) ?? shown[0];
  useModal(ref, 'input');
  const open = (name: ScenarioName): void => {
    close();
    session.loadScenario(name);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const at = active ? shown.indexOf(active) : -1;
    const move = (by: number): void => {
      event.preventDefault();
      setChosen(shown[(at + by + shown.length) % Math.max(1, shown.length)]);
    };
    if (event.key === 'ArrowDown') move(1);
    else if (event.key === 'ArrowUp') move(-1);
    else if (event.key === 'Enter' && active && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      open(active);
    }
  };
  return (
    <dialog
      ref={ref}
      className="dialog picker"
      aria-label={m.scenarioPicker.title}
      onCancel={(event) => {
        event.preventDefault();
        close();
      }}
      onPointerDown={(event) => event.target === ref.current && close()}
      onKeyDown={onKeyDown}
    >
      <div className="picker-head">
        <Icon name="search" size={15} />
        <input
          role="combobox"
          aria-expanded="true"
          aria-controls={listId}
          aria-autocomplete="list"
          aria-activedescendant={active && `${listId}-${active}`}
          aria-label={m.scenarioPicker.search}
          placeholder={m.scenarioPicker.search}
          value={query}
          spellCheck={false}
          autoComplete="off"
          onChange={(event) => {
            setQuery(event.target.value);
            setChosen(undefined);
          }}
        />
        <button type="button" className="button quiet square" aria-label={m.paste.close} onClick={close}>
          <Icon name="close" size={14} />
        </button>
      </div>
      <div className="picker-list" role="listbox" id={listId} aria-label={m.scenarioPicker.title}>
        {shelves.map(({ group, names }) => (
          <div key={group} role="group" aria-label={m.scenarioGroups[group]} className="picker-group">
            <h3 aria-hidden="true">{m.scenarioGroups[group]}</h3>
            {names.map((name) => (
              <Row key={name} id={`${listId}-${name}`} name={name} isActive={name === active} isCurrent={name === current} onOpen={open} />
            ))}
          </div>
        ))}
        {shown.length === 0 && <p className="dim picker-nothing">{m.scenarioPicker.nothing}</p>}
      </div>
      <PickerFoot />
    </dialog>
  );
}

/** Every word typed must occur in the title, the sentence or the heading. */
function shelvesFor(query: string, m: Messages): readonly Shelf[] {
  const words = query.trim().toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (name: ScenarioName, group: ScenarioGroup): boolean => {
    const { title, about } = m.scenarios[name];
    const text = `${title} ${about} ${m.scenarioGroups[group]} ${name}`.toLowerCase();
    return words.every((word) => text.includes(word));
  };
  const shelves = Object.entries(scenarioShelves) as [ScenarioGroup, readonly ScenarioName[]][];
  return shelves
    .map(([group, names]) => ({ group, names: names.filter((name) => fits(name, group)) }))
    .filter(({ names }) => names.length > 0);
}

interface RowProps {
  readonly id: string;
  readonly name: ScenarioName;
  readonly isActive: boolean;
  readonly isCurrent: boolean;
  readonly onOpen: (name: ScenarioName) => void;
}

function Row({ id, name, isActive, isCurrent, onOpen }: RowProps) {
  const m = useMessages();
  const ref = useRef<HTMLDivElement>(null);
  const { title, about } = m.scenarios[name];
  useEffect(() => {
    if (isActive) ref.current?.scrollIntoView({ block: 'nearest' });
  }, [isActive]);
  return (
    // The keyboard stays in the box above; the option is pressed with a pointer.
    <div
      ref={ref}
      id={id}
      className="picker-row"
      role="option"
      tabIndex={-1}
      aria-selected={isActive}
      onClick={() => onOpen(name)}
      onKeyDown={undefined}
    >
      <b>{title}</b>
      <span>{about}</span>
      {isCurrent && (
        <i>
          <Icon name="check" size={13} />
          <span className="visually-hidden">{m.scenarioPicker.now}</span>
        </i>
      )}
    </div>
  );
}

function PickerFoot() {
  const session = useSessionHandle();
  const m = useMessages();
  const { open, close } = useOverlays();
  const current = useSession((state) => state.scenario);
  const seed = useSession((state) => state.seed);
  const load = (options: { readonly seed?: number; readonly atMs?: number }) => () => {
    close();
    session.loadScenario(current ?? 'empty', options);
  };
  return (
    <div className="picker-foot">
      <button type="button" className="button" onClick={load({ atMs: 0 })}>
        {m.toolbar.replay}
      </button>
      <button type="button" className="button" onClick={load({ seed: seed + 1 })}>
        {m.toolbar.newSeed} <span className="dim">{m.toolbar.seed(seed)}</span>
      </button>
      <button type="button" className="button" onClick={() => open({ type: 'paste' })}>
        {m.toolbar.pasteYaml}
      </button>
      <button type="button" className="button" onClick={() => open({ type: 'addNode' })}>
        {m.toolbar.addNode}
      </button>
    </div>
  );
}
