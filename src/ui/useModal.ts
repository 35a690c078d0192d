// A modal dialog on the platform's own element: while it stands, the focus stays in it; then it goes back to where it was.
import { type RefObject, useLayoutEffect } from 'react';

/** Opens the dialog and focuses what the selector finds in it. */
export function useModal(ref: RefObject<HTMLDialogElement | null>, focused: string): void {
  useLayoutEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (!dialog.open) dialog.showModal();
    dialog.querySelector<HTMLElement>(focused)?.focus();
    // A dialog gives the focus back only while it is still in the page, which it is no more when other effects end.
    return () => dialog.close();
  }, [ref, focused]);
}
