// The whole page as a place to paste or drop manifests on.
import { useEffect, useState } from 'react';
import type { Messages } from '../i18n/index.ts';
import type { Session } from '../session/session.ts';
import { useMessages, useSessionHandle } from './hooks.tsx';

const BYTES_MAX = 10_000_000;

/** Applies a text as a manifest, or says why it is not even read. */
export function applyText(session: Session, text: string, m: Messages): void {
  if (text.length > BYTES_MAX) return session.notify(m.paste.tooLarge((text.length / 1e6).toFixed(1)), { isError: true });
  session.paste(text);
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
  return target instanceof Element && target.closest('input, textarea, select, [contenteditable="true"], .yaml-editor') !== null;
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
