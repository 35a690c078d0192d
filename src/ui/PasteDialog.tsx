// Pasting manifests: a text to fill in or to correct, and what the server refused and where. pasteAnywhere.ts takes what is dropped.
import { useEffect, useRef, useState } from 'react';
import { looksLikeDump } from '../kube/looksLikeDump.ts';
import { Dialog } from './Dialog.tsx';
import { useMessages, useOverlays, useSession, useSessionHandle } from './hooks.tsx';
import { openFiles, openText } from './openFile.ts';
import { fixOf, lineOfRefusal } from './refusal.ts';

/** What prints a whole cluster. */
const DUMP = 'kubectl get nodes,all,pvc,pdb,hpa -A -o yaml';

export function PasteDialog({ text: first }: { readonly text: string | undefined }) {
  const session = useSessionHandle();
  const m = useMessages();
  const { open, close } = useOverlays();
  const [text, setText] = useState(first ?? '');
  const file = useRef<HTMLInputElement>(null);
  return (
    <Dialog title={m.paste.title} className="dialog-wide" onClose={close}>
      <p className="mid">
        {m.paste.about} {m.paste.aboutCluster} <code className="mono">{DUMP}</code>
      </p>
      <textarea
        className="dialog-text"
        aria-label={m.paste.label}
        value={text}
        spellCheck={false}
        data-focus
        onChange={(event) => setText(event.target.value)}
        onPaste={(event) => {
          const pasted = event.clipboardData.getData('text/plain');
          if (!looksLikeDump(pasted)) return;
          event.preventDefault();
          open({ type: 'cluster', text: pasted });
        }}
      />
      <div className="dialog-buttons">
        <button
          type="button"
          className="button primary"
          disabled={text.trim() === ''}
          onClick={() => {
            close();
            openText(text, session, m, open);
          }}
        >
          {m.paste.apply}
        </button>
        <button type="button" className="button" onClick={() => file.current?.click()}>
          {m.paste.openFile}
        </button>
        <input
          ref={file}
          type="file"
          hidden
          multiple
          onChange={(event) => {
            close();
            openFiles([...(event.target.files ?? [])], session, m, open).catch(session.notifyFailure);
          }}
        />
        <button type="button" className="button" onClick={close}>
          {m.paste.cancel}
        </button>
      </div>
    </Dialog>
  );
}

/** What was refused: the words, the line where it can be told, and the text to correct. The world is as it was. */
export function RefusalDialog() {
  const session = useSessionHandle();
  const m = useMessages();
  const { open } = useOverlays();
  const refusal = useSession((state) => state.refusal);
  const [text, setText] = useState<string>();
  const area = useRef<HTMLTextAreaElement>(null);
  const line = refusal && lineOfRefusal(refusal);
  useEffect(() => {
    // The dialog opens at the line that is to blame.
    if (line !== undefined && area.current) showLine(area.current, line);
  }, [line]);
  if (!refusal) return null;
  const shown = text ?? refusal.text;
  const fix = text === undefined ? fixOf(refusal) : undefined;
  const dismiss = () => {
    setText(undefined);
    session.dismissRefusal();
  };
  const applyAgain = (again: string) => {
    dismiss();
    openText(again, session, m, open);
  };
  return (
    <Dialog title={line === undefined ? m.paste.refused : m.paste.refusedAt(line)} isAlarm className="dialog-wide" onClose={dismiss}>
      <pre className="dialog-pre" role="alert">
        {refusal.stderr.trimEnd()}
      </pre>
      <textarea
        ref={area}
        className="dialog-text"
        aria-label={m.paste.label}
        value={shown.length > 200_000 ? `${shown.slice(0, 200_000)}…` : shown}
        readOnly={shown.length > 200_000}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="dialog-buttons">
        {fix && (
          <button type="button" className="button primary" onClick={() => applyAgain(fix.text)}>
            {m.paste.changeTo(fix.to)}
          </button>
        )}
        <button type="button" className={fix ? 'button' : 'button primary'} onClick={() => applyAgain(shown)}>
          {m.paste.tryAgain}
        </button>
        {line !== undefined && (
          <button type="button" className="button" onClick={() => area.current && showLine(area.current, line)}>
            {m.paste.goToLine(line)}
          </button>
        )}
        <button type="button" className="button" onClick={dismiss}>
          {m.paste.close}
        </button>
      </div>
    </Dialog>
  );
}

/** Selects a line and brings it into sight. */
function showLine(area: HTMLTextAreaElement, line: number): void {
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  area.scrollTop = Math.max(0, (line - 4) * 19);
}
