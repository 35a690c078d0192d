// The lens over one stage: when it is shown, and where a click on it goes.
import type { RefObject } from 'react';
import { Lens } from './Lens.tsx';
import type { StageView } from './stageView.ts';
import { useLens } from './useLens.ts';

interface LensHostProps {
  readonly view: RefObject<StageView | undefined>;
  readonly root: RefObject<HTMLElement | null>;
}

export function LensHost({ view, root }: LensHostProps) {
  const { view: shown, close } = useLens(view, root);
  if (!shown) return null;
  const onGo = () => {
    view.current?.goTo(shown.spot);
    close();
  };
  return <Lens view={shown} onGo={onGo} />;
}
