// Tabs with the keyboard of the ARIA pattern: arrows, Home and End move and choose; only the chosen one is in the tab order.
import { type KeyboardEvent, type ReactNode, type RefObject, useEffect, useId, useRef, useState } from 'react';

export interface Tab {
  readonly id: string;
  readonly label: string;
  render(): ReactNode;
}

interface TabsProps {
  readonly tabs: readonly Tab[];
  readonly chosen: string;
  readonly label: string;
  readonly onChoose: (id: string) => void;
}

/** As wide as the edges that fade where there is more. */
const FADE = 44;

/** Scrolls the strip, and nothing around it: what the tabs stand in keeps its place. */
function bringIntoView(list: HTMLElement, at: number): void {
  const [first, tab] = [list.children[0], list.children[at]];
  if (!(first instanceof HTMLElement && tab instanceof HTMLElement)) return;
  const left = tab.offsetLeft - first.offsetLeft;
  list.scrollLeft = Math.max(left + tab.offsetWidth + FADE - list.clientWidth, Math.min(left - FADE, list.scrollLeft));
}

export function Tabs({ tabs, chosen, label, onChoose }: TabsProps) {
  const base = useId();
  const list = useRef<HTMLDivElement>(null);
  const at = Math.max(
    0,
    tabs.findIndex(({ id }) => id === chosen),
  );

  const more = useMore(list, tabs.length);
  useEffect(() => {
    if (list.current) bringIntoView(list.current, at);
  }, [at]);

  const onKeyDown = (event: KeyboardEvent) => {
    const steps: Record<string, number> = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: tabs.length - 1 };
    const next = steps[event.key];
    if (next === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    const index = (next + tabs.length) % tabs.length;
    onChoose((tabs[index] as Tab).id);
    (list.current?.children[index] as HTMLElement | undefined)?.focus();
  };

  return (
    <>
      <div ref={list} className="inspector-tabs" data-more={more} role="tablist" aria-label={label}>
        {tabs.map(({ id, label: text }, index) => (
          <button
            key={id}
            type="button"
            role="tab"
            id={`${base}-${id}`}
            aria-selected={index === at}
            aria-controls={`${base}-panel`}
            tabIndex={index === at ? 0 : -1}
            onClick={() => onChoose(id)}
            onKeyDown={onKeyDown}
          >
            {text}
          </button>
        ))}
      </div>
      {/* Scrolls, so it must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div className="inspector-panel" role="tabpanel" id={`${base}-panel`} aria-labelledby={`${base}-${tabs[at]?.id}`} tabIndex={0}>
        {tabs[at]?.render()}
      </div>
    </>
  );
}

/** On which sides of a list that scrolls there is more than is shown. */
function useMore(list: RefObject<HTMLElement | null>, count: number): string {
  const [more, setMore] = useState('');
  useEffect(() => {
    const element = list.current;
    if (!element || count === 0) return undefined;
    const look = () => {
      const { scrollLeft, clientWidth, scrollWidth } = element;
      setMore(`${scrollLeft > 1 ? 'before ' : ''}${scrollLeft + clientWidth < scrollWidth - 1 ? 'after' : ''}`.trim());
    };
    const watch = new ResizeObserver(look);
    watch.observe(element);
    element.addEventListener('scroll', look, { passive: true });
    look();
    return () => {
      watch.disconnect();
      element.removeEventListener('scroll', look);
    };
  }, [list, count]);
  return more;
}
