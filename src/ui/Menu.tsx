// A menu: a list of things to do, moved through with the arrow keys and letters, closed by Esc or a press elsewhere.
import { Fragment, type KeyboardEvent, type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import { zoomOf } from './zoom.ts';
import './menu.css';

export interface MenuItem {
  readonly id: string;
  readonly label: ReactNode;
  /** The key that does the same while the stage has focus; pressed in the menu it does it too. */
  readonly letter?: string;
  readonly isAlarm?: boolean;
  readonly isChecked?: boolean;
  readonly isDisabled?: boolean;
  /** A rule above it. */
  readonly isGroupStart?: boolean;
  readonly onSelect: () => void;
}

interface MenuProps {
  readonly label: string;
  readonly heading?: ReactNode;
  readonly items: readonly MenuItem[];
  /** Where it opens, in the page; it is kept inside the window. Without it the style sheet places it. */
  readonly at?: { readonly x: number; readonly y: number };
  readonly className?: string;
  readonly onClose: () => void;
}

export function Menu({ label, heading, items, at, className, onClose }: MenuProps) {
  const ref = useRef<HTMLDivElement>(null);
  const returnTo = useRef<Element | null>(null);

  useLayoutEffect(() => {
    const menu = ref.current;
    if (!menu) return;
    if (at) {
      const { width, height } = menu.getBoundingClientRect();
      const zoom = zoomOf(menu);
      menu.style.left = `${Math.max(8, Math.min(at.x, innerWidth - width - 8)) / zoom}px`;
      menu.style.top = `${Math.max(8, Math.min(at.y, innerHeight - height - 8)) / zoom}px`;
    }
  }, [at]);

  useEffect(() => {
    returnTo.current = document.activeElement;
    const menu = ref.current;
    (menu?.querySelector<HTMLElement>('[aria-checked="true"]') ?? itemsOf(menu)[0])?.focus();
    const onPress = (event: PointerEvent) => {
      if (menu && event.target instanceof Node && !menu.contains(event.target)) onClose();
    };
    // The press that opened the menu must not close it.
    const timer = setTimeout(() => addEventListener('pointerdown', onPress), 0);
    return () => {
      clearTimeout(timer);
      removeEventListener('pointerdown', onPress);
      if (menu?.contains(document.activeElement) || document.activeElement === document.body) {
        if (returnTo.current instanceof HTMLElement || returnTo.current instanceof SVGElement)
          returnTo.current.focus({ preventScroll: true });
      }
    };
  }, [onClose]);

  const choose = (item: MenuItem): void => {
    if (item.isDisabled) return;
    onClose();
    item.onSelect();
  };

  const onKeyDown = (event: KeyboardEvent): void => {
    event.stopPropagation();
    const all = itemsOf(ref.current);
    const index = all.indexOf(document.activeElement as HTMLElement);
    const move = (to: number): void => {
      event.preventDefault();
      all[(to + all.length) % all.length]?.focus();
    };
    if (event.key === 'ArrowDown') move(index + 1);
    else if (event.key === 'ArrowUp') move(index - 1);
    else if (event.key === 'Home') move(0);
    else if (event.key === 'End') move(-1);
    else if (event.key === 'Escape' || event.key === 'Tab') {
      event.preventDefault();
      onClose();
    } else if (!event.metaKey && !event.ctrlKey && !event.altKey) {
      const item = items.find(({ letter }) => letter && letterOf(event.key) === letter);
      if (item) {
        event.preventDefault();
        choose(item);
      }
    }
  };

  return (
    <div
      ref={ref}
      className={`menu ${at ? 'menu-at' : ''} ${className ?? ''}`}
      role="menu"
      aria-label={label}
      tabIndex={-1}
      onKeyDown={onKeyDown}
    >
      {heading && <div className="menu-heading mono">{heading}</div>}
      {items.map((item) => (
        <Fragment key={item.id}>
          {item.isGroupStart && <hr className="menu-rule" />}
          <button
            type="button"
            role={item.isChecked === undefined ? 'menuitem' : 'menuitemradio'}
            aria-checked={item.isChecked}
            aria-disabled={item.isDisabled || undefined}
            tabIndex={-1}
            className={item.isAlarm ? 'menu-item menu-alarm' : 'menu-item'}
            onClick={() => choose(item)}
            onPointerMove={(event) => event.currentTarget.focus({ preventScroll: true })}
          >
            <span className="menu-label">{item.label}</span>
            {item.letter && (
              <span className="menu-letter mono" aria-hidden="true">
                {item.letter}
              </span>
            )}
          </button>
        </Fragment>
      ))}
    </div>
  );
}

function itemsOf(menu: HTMLElement | null): HTMLElement[] {
  return [...(menu?.querySelectorAll<HTMLElement>('[role^="menuitem"]') ?? [])];
}

/** `d` for D, `Delete` for Del. */
function letterOf(key: string): string {
  return key === 'Delete' ? 'Del' : key.length === 1 ? key.toUpperCase() : key;
}
