// Pasting manifests: a text to fill in or to correct, what the server refused and where, and the whole page as a place to drop on.
import { useEffect, useRef, useState } from 'react';
import type { Messages } from '../i18n/index.ts';
import type { Session } from '../session/session.ts';
import { Dialog } from './Dialog.tsx';
import { useMessages, useOverlays, useSession, useSessionHandle } from './hooks.tsx';
import { fixOf, lineOfRefusal } from './refusal.ts';

const BYTES_MAX = 10_000_000;

/** Applies a text as a manifest, or says why it is not even read. */
export function applyText(session: Session, text: string, m: Messages): void {
  if (text.length > BYTES_MAX) return session.notify(m.paste.tooLarge((text.length / 1e6).toFixed(1)), { isError: true });
  session.paste(text);
}

export function PasteDialog({ text: first }: { readonly text: string | undefined }) {
  const session = useSessionHandle();
  const m = useMessages();
  const { close } = useOverlays();
  const [text, setText] = useState(first ?? '');
  return (
    <Dialog title={m.paste.title} className="dialog-wide" onClose={close}>
      <p className="mid">{m.paste.about}</p>
      <textarea
        className="dialog-text"
        aria-label={m.paste.label}
        value={text}
        spellCheck={false}
        data-focus
        onChange={(event) => setText(event.target.value)}
      />
      <div className="dialog-buttons">
        <button
          type="button"
          className="button primary"
          disabled={text.trim() === ''}
          onClick={() => {
            close();
            applyText(session, text, m);
          }}
        >
          {m.paste.apply}
        </button>
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
    applyText(session, again, m);
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

/** Pasting or dropping anywhere applies; while something is dragged over the page, it says so. */
export function usePasteAnywhere(): boolean {
  const session = useSessionHandle();
  const m = useMessages();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const onPaste = (event: ClipboardEvent) => {
      if (isTyping(event.target)) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!looksLikeManifest(text)) {
        if (text.trim() !== '') session.notify(m.paste.noManifest, { isError: true });
        return;
      }
      event.preventDefault();
      applyText(session, text, m);
    };
    const onDragOver = (event: DragEvent) => {
      if (isTyping(event.target) || !hasText(event.dataTransfer)) return;
      event.preventDefault();
      setOver(true);
    };
    const onDragLeave = (event: DragEvent) => event.relatedTarget === null && setOver(false);
    const onDrop = (event: DragEvent) => {
      setOver(false);
      if (isTyping(event.target) || !event.dataTransfer) return;
      event.preventDefault();
      void readDrop(event.dataTransfer, m).then(
        (text) => text.trim() !== '' && applyText(session, text, m),
        (error: unknown) => session.notify(error instanceof Error ? error.message : String(error), { isError: true }),
      );
    };
    addEventListener('paste', onPaste);
    addEventListener('dragover', onDragOver);
    addEventListener('dragleave', onDragLeave);
    addEventListener('drop', onDrop);
    return () => {
      removeEventListener('paste', onPaste);
      removeEventListener('dragover', onDragOver);
      removeEventListener('dragleave', onDragLeave);
      removeEventListener('drop', onDrop);
    };
  }, [session, m]);
  return isOver;
}

export function isTyping(target: EventTarget | null): boolean {
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"], .cm-editor') !== null;
}

function looksLikeManifest(text: string): boolean {
  return /(^|\n|[{,]\s*)\s*"?(apiVersion|kind|metadata|spec|items)"?\s*:/.test(text);
}

function hasText(transfer: DataTransfer | null): boolean {
  return transfer !== null && (transfer.types.includes('Files') || transfer.types.includes('text/plain'));
}

/** The text of what was dropped; several files become one manifest. */
async function readDrop(transfer: DataTransfer, m: Messages): Promise<string> {
  const files = [...transfer.files];
  if (files.length === 0) return transfer.getData('text/plain');
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > BYTES_MAX) throw new Error(m.paste.tooLarge((size / 1e6).toFixed(1)));
  const texts = await Promise.all(files.map((file) => file.text()));
  if (texts.some((text) => text.includes('\u0000'))) throw new Error(m.paste.notText);
  return texts.join('\n---\n');
}
