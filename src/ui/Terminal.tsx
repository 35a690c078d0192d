// The terminal's drawer: all lines with their answers, and a prompt. Native text throughout. The strip under it is TerminalStrip.tsx.
import { type ClipboardEvent, type KeyboardEvent, type PointerEvent, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { END_OF_INPUT } from '../kubectl/command.ts';
import { selectOpenLine } from '../session/selectors.ts';
import type { TerminalEntry } from '../session/session.ts';
import { completeLine } from './completion.ts';
import { useMessages, useSession, useSessionHandle } from './hooks.tsx';
import { Icon } from './icons.tsx';
import { EntryLine } from './TerminalStrip.tsx';

export function TerminalDrawer() {
  const session = useSessionHandle();
  const m = useMessages();
  const entries = useSession((state) => state.terminal);
  const isPlaying = useSession((state) => state.isPlaying);
  const log = useRef<HTMLDivElement>(null);
  const last = entries.at(-1);
  const [height, setHeight] = useState<number>();
  useLayoutEffect(() => {
    // The newest answer is in sight.
    void last;
    log.current?.scrollTo({ top: log.current.scrollHeight });
  }, [last]);
  return (
    <section className="drawer" aria-label={m.terminal.label} id="terminal" style={height === undefined ? undefined : { height }}>
      <DrawerEdge height={height ?? HEIGHT_FIRST} onResize={setHeight} />
      <div className="drawer-head">
        <h2>{m.terminal.label}</h2>
        <button type="button" className="button quiet square" aria-label={m.terminal.close} onClick={() => session.openTerminal(false)}>
          <Icon name="close" size={14} />
        </button>
      </div>
      {/* What scrolls must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={log} className="drawer-log mono" role="log" aria-label={m.terminal.log} tabIndex={0}>
        {entries.length === 0 && <p className="dim">{m.terminal.empty}</p>}
        {entries.map((entry) => (
          <Entry key={entry.id} entry={entry} isPlaying={isPlaying} />
        ))}
      </div>
      <PromptLine />
    </section>
  );
}

const HEIGHT_MIN = 96;
const HEIGHT_FIRST = 156;

/** The upper edge of the drawer: dragged, or moved with the arrow keys. */
function DrawerEdge({ height, onResize }: { readonly height: number; readonly onResize: (height: number) => void }) {
  const m = useMessages();
  const resizeTo = (height: number): void => onResize(Math.max(HEIGHT_MIN, Math.min(innerHeight * 0.6, height)));
  const heightNow = (edge: HTMLElement): number => edge.parentElement?.offsetHeight ?? HEIGHT_MIN;
  const onPointerDown = (event: PointerEvent<HTMLDivElement>): void => {
    const edge = event.currentTarget;
    const from = event.clientY + heightNow(edge);
    edge.setPointerCapture(event.pointerId);
    edge.onpointermove = (move) => resizeTo(from - move.clientY);
    edge.onpointerup = edge.onpointercancel = () => {
      edge.onpointermove = null;
    };
  };
  const onKeyDown = (event: KeyboardEvent<HTMLDivElement>): void => {
    if (event.key !== 'ArrowUp' && event.key !== 'ArrowDown') return;
    event.preventDefault();
    resizeTo(heightNow(event.currentTarget) + (event.key === 'ArrowUp' ? 24 : -24));
  };
  return (
    // A separator that moves is a control: it takes the focus and the arrow keys.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex, jsx-a11y/no-noninteractive-element-interactions
    <div
      className="drawer-edge"
      role="separator"
      aria-orientation="horizontal"
      aria-label={m.terminal.resize}
      aria-valuenow={height}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onKeyDown={onKeyDown}
    />
  );
}

function Entry({ entry, isPlaying }: { readonly entry: TerminalEntry; readonly isPlaying: boolean }) {
  const m = useMessages();
  const isReading = useSession((state) => state.reader === entry.id);
  const openLine = useSession(selectOpenLine) ?? '';
  const { length } = entry.output;
  return (
    <div className="entry">
      <div className={entry.comment ? 'entry-line dim' : 'entry-line'}>
        <EntryLine entry={entry} />
      </div>
      {entry.output.length > 0 && (
        <pre>
          {entry.output.map(({ type, text }, i) => (
            // Output only ever grows at its end.
            // oxlint-disable-next-line react/no-array-index-key
            <span key={i} className={type === 'stderr' ? 'alarm' : undefined}>
              {isReading && i === length - 1 ? text.slice(0, text.length - openLine.length) : text}
            </span>
          ))}
        </pre>
      )}
      {entry.exitCode === undefined && !isReading && <div className="dim">{isPlaying ? m.terminal.running : m.terminal.paused}</div>}
    </div>
  );
}

interface PromptKeyProps {
  readonly label: string;
  readonly className?: string;
  readonly children: string;
  readonly onPress: () => void;
}

/** A key beside the line. Pressing it leaves the focus, and the keyboard of a phone, where it is. */
function PromptKey({ label, className = '', children, onPress }: PromptKeyProps) {
  return (
    <button
      type="button"
      className={`button quiet small ${className}`}
      aria-label={label}
      title={label}
      onPointerDown={(event) => event.preventDefault()}
      onClick={onPress}
    >
      {children}
    </button>
  );
}

/**
 * The line being typed: Enter runs, Tab completes, the arrows walk through what was typed before, Ctrl C ends what waits. While a
 * command has the terminal, lines go to it, and Ctrl D ends its input.
 */
function PromptLine() {
  const session = useSessionHandle();
  const m = useMessages();
  const [text, setText] = useState('');
  const [candidates, setCandidates] = useState<readonly string[]>([]);
  const openLine = useSession(selectOpenLine);
  const isRead = openLine !== undefined;
  const isWaiting = useSession((state) => state.terminal.some(({ exitCode }) => exitCode === undefined));
  const past = useRef<{ lines: string[]; at: number }>({ lines: [], at: 0 });
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.focus({ preventScroll: true });
    past.current.lines = session.store
      .getState()
      .terminal.filter(({ comment }) => !comment)
      .map(({ line }) => line);
    past.current.at = past.current.lines.length;
  }, [session]);

  const recall = (by: number): void => {
    const { lines, at } = past.current;
    past.current.at = Math.max(0, Math.min(lines.length, at + by));
    setText(lines[past.current.at] ?? '');
  };
  const run = (): void => {
    if (text.trim() === '' && !isRead) return;
    if (past.current.lines.at(-1) !== text) past.current.lines.push(text);
    past.current.at = past.current.lines.length;
    if (isRead) session.type(`${text}\n`);
    else session.runTyped(text);
    setText('');
    setCandidates([]);
  };
  /** Several lines at once are one command; the field itself holds only one. */
  const onPaste = (event: ClipboardEvent): void => {
    const given = `${text}${event.clipboardData.getData('text/plain')}`;
    if (!given.trim().includes('\n')) return;
    event.preventDefault();
    if (isRead) session.type(given.endsWith('\n') ? given : `${given}\n`);
    else session.runTyped(given);
    setText('');
  };
  const completeNow = async (): Promise<void> => {
    // What knows the words may be on its way; who goes on typing meanwhile has other wishes.
    await session.loadEngine();
    if (input.current?.value !== text) return;
    const { text: completed, candidates: more } = completeLine(text, session.complete);
    setText(completed);
    setCandidates(more);
  };
  const askToComplete = (): void => void completeNow().catch(session.notifyFailure);
  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const isPlain = !event.ctrlKey && !event.metaKey && !event.altKey;
    if (event.key === 'Enter') run();
    else if (event.key === 'ArrowUp') recall(-1);
    else if (event.key === 'ArrowDown') recall(1);
    else if (event.key === 'Tab' && !event.shiftKey && isPlain && text.trim() !== '' && !isRead) askToComplete();
    else if (event.key === 'Escape') {
      if (candidates.length > 0) setCandidates([]);
      else session.openTerminal(false);
    } else if (event.key === 'c' && event.ctrlKey && getSelection()?.isCollapsed !== false) session.interrupt();
    else if (event.key === 'd' && event.ctrlKey && isRead && text === '') session.type(END_OF_INPUT);
    else if (event.key === 'l' && event.ctrlKey) session.clearTerminal();
    else if (event.key === '`' && text === '') session.openTerminal(false);
    else return;
    event.preventDefault();
  };
  return (
    <>
      {candidates.length > 0 && (
        <ul className="candidates mono" aria-label={m.terminal.completions}>
          {candidates.map((candidate) => (
            <li key={candidate}>{candidate}</li>
          ))}
        </ul>
      )}
      <div className="prompt mono">
        <span className="dim" aria-hidden="true">
          {openLine?.trimEnd() || (isRead ? '>' : '$')}
        </span>
        <input
          ref={input}
          value={text}
          aria-label={isRead ? m.terminal.input : m.terminal.prompt}
          placeholder={isRead ? m.terminal.inputEnds : m.terminal.placeholder}
          autoCapitalize="off"
          autoComplete="off"
          autoCorrect="off"
          spellCheck={false}
          enterKeyHint="send"
          onChange={(event) => {
            setText(event.target.value);
            setCandidates([]);
          }}
          onKeyDown={onKeyDown}
          onPaste={onPaste}
        />
        {/* Keys that a phone does not have. */}
        <PromptKey className="touch-key" label={m.terminal.earlier} onPress={() => recall(-1)}>
          ↑
        </PromptKey>
        {!isRead && (
          <PromptKey className="touch-key" label={m.terminal.complete} onPress={askToComplete}>
            {m.terminal.keys.complete}
          </PromptKey>
        )}
        {isWaiting && (
          <PromptKey label={m.terminal.interrupt} onPress={session.interrupt}>
            {m.terminal.keys.interrupt}
          </PromptKey>
        )}
        {isRead && (
          <PromptKey className="touch-key" label={m.terminal.endInput} onPress={() => session.type(END_OF_INPUT)}>
            {m.terminal.keys.endInput}
          </PromptKey>
        )}
      </div>
    </>
  );
}
