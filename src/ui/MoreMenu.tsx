// What the top bar has no room for on a narrow page.
import { useEffect } from 'react';
import { languages } from '../i18n/index.ts';
import { loadNames } from './fonts.ts';
import { useMessages, useOverlays, useSession, useSessionHandle } from './hooks.tsx';
import { Menu, type MenuItem } from './Menu.tsx';
import { useIsDark } from './Toolbar.tsx';

export function MoreMenu({ onClose }: { readonly onClose: () => void }) {
  const session = useSessionHandle();
  const m = useMessages();
  const { open } = useOverlays();
  const isDark = useIsDark();
  useEffect(() => void loadNames().catch(() => {}), []);
  const language = useSession((state) => state.language);
  const items: MenuItem[] = [
    { id: 'learn', label: m.toolbar.learn, onSelect: () => open({ type: 'course' }) },
    { id: 'share', label: m.toolbar.share, onSelect: () => open({ type: 'share' }) },
    { id: 'paste', label: m.toolbar.pasteYaml, onSelect: () => open({ type: 'paste' }) },
    { id: 'node', label: m.toolbar.addNode, onSelect: () => open({ type: 'addNode' }) },
    { id: 'classroom', label: m.toolbar.classroom, onSelect: () => session.present(true) },
    { id: 'draft', label: m.toolbar.asLesson, onSelect: () => open({ type: 'draft' }) },
    { id: 'terminal', label: m.toolbar.terminal, onSelect: () => session.openTerminal(true) },
    {
      id: 'theme',
      label: isDark ? m.toolbar.theme.light : m.toolbar.theme.dark,
      isGroupStart: true,
      onSelect: () => session.setTheme(isDark ? 'light' : 'dark'),
    },
    ...languages.map(({ code, label }) => ({
      id: code,
      label,
      isChecked: code === language,
      onSelect: () => session.setLanguage(code),
    })),
    { id: 'shortcuts', label: m.toolbar.shortcuts, letter: '?', isGroupStart: true, onSelect: () => open({ type: 'shortcuts' }) },
  ];
  return <Menu label={m.toolbar.menu} items={items} className="toolbar-more-menu" onClose={onClose} />;
}
