// The stage as a component: the svg that stageView.ts draws, the hidden list of objects for keyboard and screen reader, the live
// region, and the two-line slip over the object that is pointed at.
import '../../scene/scene.css';
import './stage.css';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Key } from '../../kube/meta.ts';
import { useMessages, useOverlays, useSessionHandle } from '../hooks.tsx';
import { Slip, type SlipPlace } from './Slip.tsx';
import { StageView } from './stageView.ts';

interface StageProps {
  /** Double click and Enter on an object; its inspector is shown unless said otherwise. */
  readonly onOpen?: (key: Key) => void;
  /** What stands in the owners' place while the world is empty. */
  readonly children?: ReactNode;
}

export function Stage({ onOpen, children }: StageProps) {
  const session = useSessionHandle();
  const messages = useMessages();
  const overlays = useOverlays();
  const [slip, setSlip] = useState<SlipPlace>();
  const root = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const live = useRef<HTMLDivElement>(null);
  const view = useRef<StageView>(undefined);
  // The view outlives renders; it asks for what is current when it needs it.
  const current = useRef({ messages, overlays, onOpen });
  current.current = { messages, overlays, onOpen };

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

  useEffect(() => view.current?.request(), [messages]);

  return (
    <div className="stage" ref={root} data-stage>
      <svg ref={svg} aria-hidden="true" focusable="false" />
      <div
        className="stage-objects"
        ref={list}
        role="region"
        aria-label={messages.scene.stage}
        onKeyDown={(event) => zoomKey(event, view.current)}
      />
      <div className="stage-objects" ref={live} aria-live="polite" />
      {children}
      {slip ? <Slip place={slip} /> : null}
    </div>
  );
}

function zoomKey(event: React.KeyboardEvent, view: StageView | undefined): void {
  if (!view || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === '+' || event.key === '=') view.camera.zoomBy(1.25);
  else if (event.key === '-') view.camera.zoomBy(0.8);
  else if (event.key === '0') view.camera.fit();
  else return;
  event.preventDefault();
}
