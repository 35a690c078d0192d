// How components reach the session, the language and each other's overlays.
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { useStore } from 'zustand';
import { findLanguage } from '../i18n/index.ts';
import type { Messages } from '../i18n/language.ts';
import type { Key } from '../kube/meta.ts';
import type { Session, SessionState } from '../session/session.ts';
import { loadFonts } from './fonts.ts';

const SessionContext = createContext<Session | undefined>(undefined);
const MessagesContext = createContext<Messages | undefined>(undefined);

/** What lies over the world: one at a time. */
export type Overlay =
  | { readonly type: 'menu'; readonly key: Key; readonly x: number; readonly y: number }
  | { readonly type: 'scenarios' }
  | { readonly type: 'more' }
  | { readonly type: 'course' }
  | { readonly type: 'draft' }
  | { readonly type: 'lessonFormat' }
  | { readonly type: 'qr' }
  | { readonly type: 'handout' }
  | { readonly type: 'palette' }
  | { readonly type: 'shortcuts' }
  | { readonly type: 'share' }
  | { readonly type: 'addNode' }
  | { readonly type: 'paste'; readonly text?: string }
  | { readonly type: 'cluster'; readonly text: string }
  | { readonly type: 'scale'; readonly key: Key }
  | { readonly type: 'labels'; readonly key: Key }
  | { readonly type: 'why'; readonly key: Key };

export interface Overlays {
  readonly overlay: Overlay | undefined;
  readonly open: (overlay: Overlay) => void;
  readonly close: () => void;
}

const OverlayContext = createContext<Overlays | undefined>(undefined);

interface SessionProviderProps {
  readonly session: Session;
  /** The messages of the language the session starts in, already loaded: the first picture is complete. */
  readonly messages: Messages;
  readonly children: ReactNode;
}

export function SessionProvider({ session, messages: first, children }: SessionProviderProps) {
  const [messages, setMessages] = useState(first);
  const code = useStore(session.store, ({ language }) => language);
  useEffect(() => {
    let isWanted = true;
    // Without the network a language or a face may not come: the page goes on with what it has.
    loadFonts(code).catch(() => {});
    findLanguage(code)
      ?.load()
      .then((loaded) => isWanted && setMessages(loaded))
      .catch(() => {});
    return () => {
      isWanted = false;
    };
  }, [code]);
  return (
    <SessionContext.Provider value={session}>
      <MessagesContext.Provider value={messages}>
        <OverlayProvider>{children}</OverlayProvider>
      </MessagesContext.Provider>
    </SessionContext.Provider>
  );
}

function OverlayProvider({ children }: { readonly children: ReactNode }) {
  const [overlay, open] = useState<Overlay>();
  const close = useCallback(() => open(undefined), []);
  const overlays = useMemo(() => ({ overlay, open, close }), [overlay, close]);
  return <OverlayContext.Provider value={overlays}>{children}</OverlayContext.Provider>;
}

/** The session itself, for handlers. */
export function useSessionHandle(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('this component stands in a SessionProvider');
  return session;
}

/** A piece of the session's state. The selector must give the same value for the same state. */
export function useSession<T>(select: (state: SessionState) => T): T {
  return useStore(useSessionHandle().store, select);
}

export function useMessages(): Messages {
  const messages = useContext(MessagesContext);
  if (!messages) throw new Error('this component stands in a SessionProvider');
  return messages;
}

export function useOverlays(): Overlays {
  const overlays = useContext(OverlayContext);
  if (!overlays) throw new Error('this component stands in a SessionProvider');
  return overlays;
}

/** Whether a media query holds. */
export function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (onChange) => {
      const list = matchMedia(query);
      list.addEventListener('change', onChange);
      return () => list.removeEventListener('change', onChange);
    },
    () => matchMedia(query).matches,
  );
}
