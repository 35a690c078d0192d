// The slip over the stage: what was just done, with a way to take it back.
import { useEffect, useRef } from 'react';
import type { Messages } from '../i18n/language.ts';
import type { SessionNotice } from '../session/session.ts';
import { commentWords } from './commentWords.ts';
import { useMessages, useSession, useSessionHandle } from './hooks.tsx';
import { Icon } from './icons.tsx';
import { undo } from './keys.ts';
import './notice.css';

const SHOWN_MS = 5000;

export function Notice() {
  const session = useSessionHandle();
  const m = useMessages();
  const notice = useSession((state) => state.notice);
  const slip = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!notice) return;
    // Not from under somebody's pointer or focus.
    const timer = setInterval(
      () => {
        if (!slip.current?.matches(':is(:hover, :focus-within)')) session.dismissNotice();
      },
      notice.isError ? 2 * SHOWN_MS : SHOWN_MS,
    );
    return () => clearInterval(timer);
  }, [notice, session]);
  return (
    <div className="notice-place" role={notice?.isError ? 'alert' : 'status'} aria-live={notice?.isError ? 'assertive' : 'polite'}>
      {notice && (
        <div ref={slip} className="notice" key={notice.id}>
          <span className={notice.isError ? 'notice-text alarm' : 'notice-text'}>{said(notice, m)}</span>
          {notice.canUndo && (
            <button type="button" className="button" onClick={() => undo(session, m)}>
              <Icon name="undo" size={14} />
              {m.notice.undo}
            </button>
          )}
          <button type="button" className="button quiet square" aria-label={m.notice.close} onClick={() => session.dismissNotice()}>
            <Icon name="close" size={14} />
          </button>
        </div>
      )}
    </div>
  );
}

function said({ text, comment, isFailure }: SessionNotice, m: Messages): string {
  if (comment) return commentWords(comment, m.terminal.comments);
  return isFailure ? m.notice.failed(text) : text;
}
