// The stage as a component: the svg that stageView.ts draws, the hidden list of objects for keyboard and screen reader, the live
// region, and the two-line slip over the object that is pointed at.
import '../../scene/scene.css';
import './stage.css';
import { lazy, type ReactNode, type RefObject, Suspense, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { type Key, partsOf } from '../../kube/meta.ts';
import type { Colouring } from '../../scene/heat.ts';
import { layoutStage } from '../../scene/layout.ts';
import { HEAT_FROM } from '../../scene/trayLayout.ts';
import type { Session } from '../../session/session.ts';
import { useMessages, useOverlays, useSession } from '../hooks.tsx';
import { Slip, type SlipPlace } from './Slip.tsx';
import { StageView } from './stageView.ts';

const LensHost = lazy(async () => ({ default: (await import('./LensHost.tsx')).LensHost }));
const HeatBar = lazy(async () => ({ default: (await import('./HeatBar.tsx')).HeatBar }));

const InsideStage = lazy(() => import('./InsideStage.tsx').then((module) => ({ default: module.InsideStage })));

/** How long the inside of a pod fades. */
const FADE_MS = 160;

interface StageProps {
  readonly session: Session;
  /** What stands in the owners' place while the world is empty. */
  readonly children?: ReactNode;
}

export function Stage({ session, children }: StageProps) {
  const messages = useMessages();
  const overlays = useOverlays();
  const [slip, setSlip] = useState<SlipPlace>();
  const [colouring, setColouring] = useState<Colouring>('template');
  const isHeat = useSession(({ snapshot }) => snapshot.list('Node').length >= HEAT_FROM);
  const root = useRef<HTMLDivElement>(null);
  const svg = useRef<SVGSVGElement>(null);
  const list = useRef<HTMLElement>(null);
  const live = useRef<HTMLDivElement>(null);
  const view = useRef<StageView>(undefined);
  const { shown, isLeaving, isByKeyboard } = useInside(view);
  // The view outlives renders; it asks for what is current when it needs it.
  const current = useRef({ messages, overlays, colouring });
  useLayoutEffect(() => {
    current.current = { messages, overlays, colouring };
    view.current?.request();
  }, [messages, overlays, colouring]);

  useEffect(() => {
    if (!root.current || !svg.current || !list.current || !live.current) return undefined;
    const hosts = { root: root.current, svg: svg.current, list: list.current, live: live.current };
    const made = new StageView(session, hosts, {
      messages: () => current.current.messages.scene,
      colouring: () => current.current.colouring,
      onMenu: (key, x, y) => {
        setSlip(undefined);
        current.current.overlays.open({ type: 'menu', key, x, y });
      },
      onOpen: (key) => partsOf(key).kind === 'Pod' && session.enter(key),
      onSlip: setSlip,
      layout: layoutStage,
      watchGestures: async () => (await import('../../scene/gestures.ts')).watchGestures,
    });
    view.current = made;
    return () => made.dispose();
  }, [session]);

  return (
    <div className="stage" ref={root} data-stage>
      <svg ref={svg} aria-hidden="true" focusable="false" />
      <section className="stage-objects" ref={list} aria-label={messages.scene.stage} inert={shown !== undefined && !isLeaving} />
      <div className="stage-objects" ref={live} aria-live="polite" />
      {isHeat ? (
        <Suspense>
          <HeatBar colouring={colouring} onColouring={setColouring} />
        </Suspense>
      ) : null}
      <Suspense>
        <LensHost view={view} root={root} />
      </Suspense>
      {children}
      {slip && !shown ? <Slip place={slip} /> : null}
      {shown ? (
        <Suspense>
          <InsideStage key={shown} pod={shown} isLeaving={isLeaving} isByKeyboard={isByKeyboard} />
        </Suspense>
      ) : null}
    </div>
  );
}

interface Inside {
  readonly shown: Key | undefined;
  readonly isLeaving: boolean;
  /** Whoever came by keyboard goes on by keyboard. */
  readonly isByKeyboard: boolean;
}

/** A lesson that goes inside keeps the focus: what it says comes first. */
function cameByKeyboard(): boolean {
  const { activeElement } = document;
  return activeElement !== null && activeElement.matches(':focus-visible') && !activeElement.closest('.lesson-region');
}

/** The pod that is looked into; it stays until it has faded out, and then the focus goes back to where it came from. */
function useInside(view: RefObject<StageView | undefined>): Inside {
  const key = useSession((state) => state.inside?.key);
  const [way, setWay] = useState({ key, isByKeyboard: false });
  if (key !== undefined && way.key !== key) setWay({ key, isByKeyboard: cameByKeyboard() });
  const isLeaving = key === undefined && way.key !== undefined;
  useEffect(() => {
    if (!isLeaving) return undefined;
    const timer = setTimeout(() => {
      if (way.key && way.isByKeyboard) view.current?.focusOn(way.key);
      setWay({ key: undefined, isByKeyboard: false });
    }, FADE_MS);
    return () => clearTimeout(timer);
  }, [isLeaving, way, view]);
  return { shown: key ?? way.key, isLeaving, isByKeyboard: way.isByKeyboard };
}
