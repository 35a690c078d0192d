// A dialog on the platform's own element: it traps focus, closes with Esc, and gives focus back.
import { type ReactNode, useId, useRef } from 'react';
import { useModal } from './useModal.ts';
import './dialog.css';

interface DialogProps {
  readonly title: ReactNode;
  readonly isAlarm?: boolean;
  readonly className?: string;
  readonly children: ReactNode;
  readonly onClose: () => void;
}

export function Dialog({ title, isAlarm, className, children, onClose }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  const id = useId();
  useModal(ref, '[data-focus]');
  return (
    <dialog
      ref={ref}
      className={`dialog ${className ?? ''}`}
      aria-labelledby={id}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
      onPointerDown={(event) => event.target === ref.current && onClose()}
      onKeyDown={(event) => event.key !== 'Escape' && event.stopPropagation()}
    >
      <div className="dialog-body">
        <h2 id={id} className={isAlarm ? 'dialog-title alarm' : 'dialog-title'}>
          {title}
        </h2>
        {children}
      </div>
    </dialog>
  );
}
