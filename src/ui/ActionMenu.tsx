// The menu of one object: what can be done to it, where it was pressed.
import { partsOf } from '../kube/meta.ts';
import { actionsFor } from './actions.ts';
import { type Overlay, useMessages, useOverlays, useSessionHandle } from './hooks.tsx';
import { Menu } from './Menu.tsx';

export function ActionMenu({ overlay }: { readonly overlay: Extract<Overlay, { type: 'menu' }> }) {
  const session = useSessionHandle();
  const m = useMessages();
  const overlays = useOverlays();
  const { kind, name } = partsOf(overlay.key);
  const items = actionsFor(overlay.key, session, overlays, m).map((action) => ({ ...action, onSelect: action.run }));
  if (items.length === 0) return null;
  const heading = kind === 'Pod' || kind === 'Node' ? name : `${name}, ${kind}`;
  return <Menu label={m.actions.menu(name)} heading={heading} items={items} at={overlay} onClose={overlays.close} />;
}
