// Where the teacher points: a ring that follows the pointer, or a spotlight that darkens the rest.
import { useEffect, useRef } from 'react';
import { zoomOf } from '../zoom.ts';

export function PointerMark({ isSpotlight }: { readonly isSpotlight: boolean }) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const onMove = ({ clientX, clientY, pointerType }: PointerEvent) => {
      const element = mark.current;
      if (!element || pointerType === 'touch') return;
      // Hidden, it is not enlarged for Firefox.
      element.hidden = false;
      const zoom = zoomOf(element);
      element.style.setProperty('--x', `${clientX / zoom}px`);
      element.style.setProperty('--y', `${clientY / zoom}px`);
    };
    addEventListener('pointermove', onMove);
    return () => removeEventListener('pointermove', onMove);
  }, []);
  return <div ref={mark} className={isSpotlight ? 'pointer-spotlight' : 'pointer-ring'} aria-hidden="true" hidden={!isSpotlight} />;
}
