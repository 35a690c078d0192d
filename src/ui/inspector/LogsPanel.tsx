// What a container has printed up to the moment shown: this run or the one before, following the end or not, and the kubectl line for it.
import { useEffect, useId, useRef, useState } from 'react';
import type { LogRun } from '../../kube/inside.ts';
import type { ContainerBox, InsideModel } from '../../scene/inside/model.ts';
import { namespaceFlag } from '../../session/lines.ts';
import { formatMoment } from '../../session/selectors.ts';
import { useSession, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { useInsideMessages } from '../laterWords.ts';

/** The last lines are shown; the terminal prints all. */
const LINES_MAX = 400;

export function LogsPanel({ model }: { readonly model: InsideModel }) {
  const session = useSessionHandle();
  const words = useInsideMessages().panel;
  const part = useSession((state) => state.inside?.part);
  const boxes = [...model.containers, ...model.inits];
  const [chosen, setChosen] = useState<string>();
  const [isPrevious, setPrevious] = useState(false);
  const [isFollowing, setFollowing] = useState(true);
  const box = boxes.find(({ name }) => name === chosen) ?? boxes.find(({ id }) => id === part) ?? boxes[0];
  const selectId = useId();
  if (!box) return null;
  const run = runOf(box, isPrevious);
  return (
    <div className="logs-panel">
      <div className="logs-choice">
        <label htmlFor={selectId}>{words.container}</label>
        <select id={selectId} className="field mono" value={box.name} onChange={(event) => setChosen(event.target.value)}>
          {boxes.map(({ name }) => (
            <option key={name}>{name}</option>
          ))}
        </select>
        <Toggle label={words.previous} isOn={isPrevious} onChange={setPrevious} />
        <Toggle label={words.follow} isOn={isFollowing} onChange={setFollowing} />
      </div>
      <Lines run={run} isFollowing={isFollowing} name={box.name} isKnown={box.inside !== undefined} />
      <div className="inspector-buttons">
        <button type="button" className="button" onClick={() => session.run(lineFor(model, box, isPrevious))}>
          <Icon name="terminal" size={14} /> {words.printInTerminal}
        </button>
      </div>
    </div>
  );
}

function runOf({ inside }: ContainerBox, isPrevious: boolean): LogRun | undefined {
  return inside?.log.find(({ run }) => run === inside.run - (isPrevious ? 1 : 0));
}

function lineFor({ pod, containers, inits }: InsideModel, { name }: ContainerBox, isPrevious: boolean): string {
  const only = containers.length + inits.length === 1;
  return `kubectl logs ${pod.name}${only ? '' : ` -c ${name}`}${isPrevious ? ' --previous' : ''}${namespaceFlag(pod.pod)}`;
}

function Toggle({ label, isOn, onChange }: { readonly label: string; readonly isOn: boolean; readonly onChange: (isOn: boolean) => void }) {
  return (
    <label className="logs-toggle">
      <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} /> {label}
    </label>
  );
}

interface LinesProps {
  readonly run: LogRun | undefined;
  readonly isFollowing: boolean;
  readonly name: string;
  readonly isKnown: boolean;
}

function Lines({ run, isFollowing, name, isKnown }: LinesProps) {
  const words = useInsideMessages().panel;
  const list = useRef<HTMLOListElement>(null);
  const lines = run?.lines.slice(-LINES_MAX) ?? [];
  const count = run?.lines.length;
  useEffect(() => {
    if (isFollowing && list.current) list.current.scrollTop = list.current.scrollHeight;
  }, [isFollowing, count, name]);
  if (lines.length === 0) return <p className="quiet">{isKnown ? words.printedNothing : words.notKnown}</p>;
  return (
    // Scrolls, so it must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <ol className="log-lines" ref={list} tabIndex={0} aria-label={words.logOf(name)}>
      {run?.dropped ? <li className="quiet">{words.dropped(run.dropped)}</li> : null}
      {lines.map(({ atMs, stream, text }, i) => (
        <li key={`${atMs}/${i}`} data-stream={stream}>
          <span className="quiet">{formatMoment(atMs)}</span>
          <code>{text}</code>
        </li>
      ))}
    </ol>
  );
}
