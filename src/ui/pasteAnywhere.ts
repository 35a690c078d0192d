// The whole page as a place to paste or drop manifests on.
import { useEffect, useState } from 'react';
import { useMessages, useOverlays, useSessionHandle } from './hooks.tsx';

/** Pasting or dropping anywhere applies; while something is dragged over the page, it says so. */
export function usePasteAnywhere(): boolean {
  const session = useSessionHandle();
  const m = useMessages();
  const { open } = useOverlays();
  const [isOver, setOver] = useState(false);
  useEffect(() => {
    const openWith = (text: string, files: readonly File[] = []) =>
      import('./openFile.ts')
        .then(({ openFiles, openText }) => (files.length > 0 ? openFiles(files, session, m, open) : openText(text, session, m, open)))
        .catch(session.notifyFailure);
    const onPaste = (event: ClipboardEvent) => {
      if (isTyping(event.target)) return;
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (!looksLikeManifest(text)) {
        if (text.trim() !== '') session.notify(m.paste.noManifest, { isError: true });
        return;
      }
      event.preventDefault();
      void openWith(text);
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
      const files = [...event.dataTransfer.files];
      const text = event.dataTransfer.getData('text/plain');
      if (files.length > 0 || text.trim() !== '') void openWith(text, files);
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
  }, [session, m, open]);
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
