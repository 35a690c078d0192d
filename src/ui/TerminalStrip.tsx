// The terminal while it is closed: a strip with the last line and its answer, or with the one that comes next; it opens the drawer.
import { selectLastEntry } from '../session/selectors.ts';
import type { TerminalEntry } from '../session/session.ts';
import { commentWords } from './commentWords.ts';
import { useMessages, useSession, useSessionHandle } from './hooks.tsx';
import { Icon } from './icons.tsx';
import './terminal.css';

export function TerminalStrip() {
  const session = useSessionHandle();
  const m = useMessages();
  const entry = useSession(selectLastEntry);
  const isOpen = useSession((state) => state.isTerminalOpen);
  const comes = useSession((state) => state.lesson?.comes);
  const answer = entry?.output
    .map(({ text }) => text)
    .join('')
    .trimEnd()
    .split('\n');
  const hasFailed = entry?.exitCode !== undefined && entry.exitCode !== 0;
  return (
    <button
      type="button"
      className="strip mono"
      aria-expanded={isOpen}
      aria-label={isOpen ? m.terminal.close : m.terminal.open}
      onClick={() => session.openTerminal(!isOpen)}
    >
      <Icon name="terminal" size={14} />
      {comes !== undefined && (
        <>
          <span className="strip-line">
            <Prompt />
            {comes}
          </span>
          <span className="strip-answer">{m.terminal.comes}</span>
        </>
      )}
      {comes === undefined && entry && (
        <span className="strip-line">
          <EntryLine entry={entry} />
        </span>
      )}
      {comes === undefined && (
        <span className={hasFailed ? 'strip-answer alarm' : 'strip-answer'}>
          {entry && (answer?.at(-1) || (entry.exitCode === undefined ? m.terminal.running : ''))}
        </span>
      )}
      <span className="strip-word">{m.terminal.label}</span>
      <span className="kbd">`</span>
      <Icon name={isOpen ? 'chevronDown' : 'chevronUp'} size={12} />
    </button>
  );
}

/** What was typed, behind a prompt; or a comment. */
export function EntryLine({ entry: { line, comment } }: { readonly entry: TerminalEntry }) {
  const words = useMessages().terminal.comments;
  if (comment) return `# ${commentWords(comment, words)}`;
  return (
    <>
      <Prompt />
      {line}
    </>
  );
}

function Prompt() {
  return <span className="dim">$ </span>;
}
