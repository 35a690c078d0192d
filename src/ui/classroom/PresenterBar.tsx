// The teacher's bar: what is made happen and what is for the class, a button each; on a narrow page a menu each.
import { useCallback, useEffect, useState } from 'react';
import type { LearnMessages } from '../../i18n/language.ts';
import { useOverlays, useSession, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { Menu } from '../Menu.tsx';
import { forces } from './forces.ts';

interface BarProps {
  readonly words: LearnMessages;
  readonly isSpotlit: boolean;
  readonly onSpotlight: () => void;
  readonly onAsk: () => void;
}

interface Deed {
  readonly id: string;
  readonly label: string;
  /** Only where it stays pressed. */
  readonly isPressed?: boolean;
  readonly onSelect: () => void;
}

export function PresenterBar({ words: { classroom: words }, isSpotlit, onSpotlight, onAsk }: BarProps) {
  const session = useSessionHandle();
  const { open } = useOverlays();
  const isLesson = useSession((state) => state.lesson !== undefined);
  useEffect(() => {
    const before = document.activeElement;
    return () => {
      // The bar went with the focus in it.
      if (document.activeElement === document.body && before instanceof HTMLElement) before.focus();
    };
  }, []);
  const forced: Deed[] = forces.map(({ id, run }) => ({ id, label: words.forces[id], onSelect: () => run(session) }));
  const shown: Deed[] = [
    { id: 'questions', label: words.questions, onSelect: onAsk },
    { id: 'spotlight', label: words.spotlight, isPressed: isSpotlit, onSelect: onSpotlight },
    { id: 'qr', label: words.qr, onSelect: () => open({ type: 'qr' }) },
    ...(isLesson ? [{ id: 'handout', label: words.handout, onSelect: () => open({ type: 'handout' }) }] : []),
  ];
  return (
    <div className="presenter" role="toolbar" aria-label={words.label}>
      <Deeds label={words.breakAndMend} deeds={forced} />
      <span className="presenter-space" />
      <Deeds label={words.forTheClass} deeds={shown} />
      <button type="button" className="button quiet square" aria-label={words.close} onClick={() => session.present(false)}>
        <Icon name="close" size={14} />
      </button>
    </div>
  );
}

/** The style sheet shows either the buttons or, where they have no room, the one that opens them as a menu. */
function Deeds({ label, deeds }: { readonly label: string; readonly deeds: readonly Deed[] }) {
  const [isOpen, setOpen] = useState(false);
  const close = useCallback(() => setOpen(false), []);
  return (
    <>
      {deeds.map(({ id, label: word, isPressed, onSelect }) => (
        <button key={id} type="button" className="button presenter-deed" aria-pressed={isPressed} onClick={onSelect}>
          {word}
        </button>
      ))}
      <span className="presenter-folded">
        <button type="button" className="button" aria-haspopup="menu" aria-expanded={isOpen} onClick={() => setOpen(true)}>
          {label}
          <Icon name="chevronUp" size={12} />
        </button>
        {isOpen && <Menu label={label} items={deeds} className="presenter-menu" onClose={close} />}
      </span>
    </>
  );
}
