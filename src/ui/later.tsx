// What the first picture does without. It is loaded when it is first shown, and soon after the first picture anyway.
import { type ComponentType, lazy, Suspense } from 'react';

const loads: (() => Promise<unknown>)[] = [];

/** Loads everything, for whoever comes to it next. Without the network it is tried again when it is shown. */
export function loadLater(): void {
  for (const load of loads) load().catch(() => {});
}

export const Overlaid = later(async () => (await import('./Overlaid.tsx')).Overlaid);
export const EmptyWorld = later(async () => (await import('./EmptyWorld.tsx')).EmptyWorld);
export const Building = later(async () => (await import('./Building.tsx')).Building);
export const PrintedPage = later(async () => (await import('./PrintedPage.tsx')).PrintedPage);
export const MoreMenu = later(async () => (await import('./MoreMenu.tsx')).MoreMenu);
export const TerminalDrawer = later(async () => (await import('./Terminal.tsx')).TerminalDrawer);
export const Inspector = later(async () => (await import('./inspector/Inspector.tsx')).Inspector);
export const EditorPanel = later(async () => (await import('./inspector/EditorPanel.tsx')).EditorPanel);
export const ConditionsPanel = later(async () => (await import('./inspector/EventsPanel.tsx')).ConditionsPanel);
export const EventsPanel = later(async () => (await import('./inspector/EventsPanel.tsx')).EventsPanel);
export const HistoryPanel = later(async () => (await import('./inspector/HistoryPanel.tsx')).HistoryPanel);
export const NodePods = later(async () => (await import('./inspector/NodePanel.tsx')).NodePods);
export const NodeStory = later(async () => (await import('./inspector/NodePanel.tsx')).NodeStory);
export const RolloutPanel = later(async () => (await import('./inspector/RolloutPanel.tsx')).RolloutPanel);
export const WhyView = later(async () => (await import('./why/WhyView.tsx')).WhyView);
export const WhyPanel = later(async () => (await import('./inspector/WhyPanel.tsx')).WhyPanel);

/** What can be done to objects; without the network, nothing yet. */
export const loadActions = () => import('./actions.ts');
loads.push(loadActions);

function later<Props extends object>(load: () => Promise<ComponentType<Props>>): ComponentType<Props> {
  loads.push(load);
  const Loaded = lazy(async () => ({ default: await load() })) as unknown as ComponentType<Props>;
  return function Later(props: Props) {
    return (
      <Suspense fallback={null}>
        <Loaded {...props} />
      </Suspense>
    );
  };
}
