// The stage as a component: the svg that stageView.ts draws, the hidden list of objects for keyboard and screen reader, the live
// region, and the two-line slip over the object that is pointed at.
import '../../scene/scene.css';
import './stage.css';
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { Key } from '../../kube/meta.ts';
import type { Session } from '../../session/session.ts';
import { useMessages, useOverlays } from '../hooks.tsx';
import { Slip, type SlipPlace } from './Slip.tsx';
import { StageView } from './stageView.ts';

interface StageProps {
  readonly session: Session;
  /** Double click and Enter on an object; its inspector is shown unless said otherwise. */
  readonly onOpen?: (key: Key) => void;
  /** What stands in the owners' place while the world is empty. */
  readonly children?: ReactNode;
}

export function Stage({ session, onOpen, children }: StageProps) {
  const messages = useMessages();
  const overlays = useOverlays();
  const [slip, setSlip] = useState<SlipPlace>();
  const root = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const list = useRef<HTMLElement>(null);
  const live = useRef<HTMLDivElement>(null);
  const view = useRef<StageView>(undefined);
  // The view outlives renders; it asks for what is current when it needs it.
  const current = useRef({ messages, overlays, onOpen });
  useLayoutEffect(() => {
    current.current = { messages, overlays, onOpen };
    view.current?.request();
  }, [messages, overlays, onOpen]);

  useEffect(() => {
    if (!root.current || !svg.current || !list.current || !live.current) return undefined;
    const hosts = { root: root.current, svg: svg.current, list: list.current, live: live.current };
    const made = new StageView(session, hosts, {
      messages: () => current.current.messages.scene,
      onMenu: (key, x, y) => {
        setSlip(undefined);
        current.current.overlays.open({ type: 'menu', key, x, y });
      },
      onOpen: (key) => current.current.onOpen?.(key),
      onSlip: setSlip,
    });
    view.current = made;
    return () => made.dispose();
  }, [session]);

  return (
    <div className="stage" ref={root} data-stage>
      <svg ref={svg} aria-hidden="true" focusable="false" />
      <section className="stage-objects" ref={list} aria-label={messages.scene.stage} />
      <div className="stage-objects" ref={live} aria-live="polite" />
      {children}
      {slip ? <Slip place={slip} /> : null}
    </div>
  );
}
