// The inside of a pod over the stage: fades in and out, has its own buttons for keyboard and screen reader, and a way back.
import '../../scene/scene.css';
import './inside.css';
import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Key } from '../../kube/meta.ts';
import { useMessages, useOverlays, useSession, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { useInsideMessages } from '../laterWords.ts';
import { InsideView } from './insideView.ts';

interface InsideStageProps {
  readonly pod: Key;
  readonly isLeaving: boolean;
  /** Whoever came by keyboard goes on by keyboard. */
  readonly isByKeyboard: boolean;
}

export function InsideStage({ pod, isLeaving, isByKeyboard }: InsideStageProps) {
  const session = useSessionHandle();
  const messages = useMessages();
  const words = useInsideMessages();
  const overlays = useOverlays();
  const theme = useSession((state) => state.theme);
  const [isThere, setThere] = useState(true);
  const root = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const list = useRef<HTMLElement>(null);
  const live = useRef<HTMLDivElement>(null);
  const view = useRef<InsideView>(undefined);
  const current = useRef({ messages, words, overlays });
  useLayoutEffect(() => {
    current.current = { messages, words, overlays };
    view.current?.request();
  }, [messages, words, overlays, theme]);

  useEffect(() => {
    if (!root.current || !svg.current || !list.current || !live.current) return undefined;
    const hosts = { root: root.current, svg: svg.current, list: list.current, live: live.current };
    const callbacks = {
      words: () => current.current.words,
      messages: () => current.current.messages.scene,
      onMenu: (key: Key, x: number, y: number) => current.current.overlays.open({ type: 'menu', key, x, y }),
      onThere: setThere,
    };
    const made = new InsideView(session, pod, hosts, callbacks, isByKeyboard);
    view.current = made;
    return () => made.dispose();
  }, [session, pod, isByKeyboard]);

  return (
    <div className={isLeaving ? 'stage inside inside-leaving' : 'stage inside'} ref={root} data-inside inert={isLeaving}>
      <svg ref={svg} aria-hidden="true" focusable="false" />
      <section className="stage-objects" ref={list} aria-label={words.stage} />
      <div className="stage-objects" ref={live} aria-live="polite" />
      <button type="button" className="button inside-back" aria-label={words.back} onClick={() => session.leave()}>
        <Icon name="chevronDown" size={13} />
        <span>{words.back}</span>
      </button>
      {isThere ? null : <p className="inside-gone">{messages.inspector.gone}</p>}
    </div>
  );
}
