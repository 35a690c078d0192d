// The list of keys.

import { useState } from 'react';
import { Dialog } from './Dialog.tsx';
import { useMessages, useOverlays } from './hooks.tsx';
import { areLettersOn, setLettersOn } from './keys.ts';
import { commandKey } from './Toolbar.tsx';

export function Shortcuts() {
  const m = useMessages();
  const { close } = useOverlays();
  const [isOn, setOn] = useState(areLettersOn);
  const { keys, groups } = m.shortcuts;
  const a = m.actions;
  const list: readonly { readonly title: string; readonly rows: readonly (readonly [string, string])[] }[] = [
    {
      title: groups.time,
      rows: [
        ['Space', keys.playPause],
        [', .', keys.step],
        ['[ ]', keys.speed],
        ['← →', keys.seek],
      ],
    },
    {
      title: groups.stage,
      rows: [
        ['Tab', keys.regions],
        ['← ↑ → ↓', keys.arrows],
        ['Enter Esc', keys.enter],
        ['+ − 0', keys.zoom],
        ['Menu', keys.menu],
      ],
    },
    {
      title: groups.world,
      rows: [
        [`${commandKey}K`, keys.find],
        ['`', keys.terminal],
        [`${commandKey}Z`, keys.undo],
        ['T', keys.theme],
        ['P', keys.classroom],
        ['?', keys.list],
      ],
    },
    {
      title: groups.pod,
      rows: [
        ['Enter', a.lookInside],
        ['L', a.logs],
        ['D', a.compare],
        ['W', a.whyHere],
        ['V', a.events],
        ['Y', a.yaml],
        ['B', a.editLabels],
        ['X', a.crash],
        ['Del', a.deletePod],
      ],
    },
    {
      title: groups.owner,
      rows: [
        ['S', a.scale],
        ['E', a.editTemplate],
        ['U', a.undoRollout],
        ['A', a.restart],
        ['O', a.pauseRollout],
        ['G', a.showPods],
        ['Del', a.delete],
      ],
    },
    {
      title: groups.node,
      rows: [
        ['C', a.cordon],
        ['R', a.drain],
        ['F', a.silence],
        ['K', a.bringBack],
        ['Del', a.deleteNode],
      ],
    },
  ];
  return (
    <Dialog title={m.shortcuts.title} className="dialog-wide" onClose={close}>
      <p className="mid">{m.shortcuts.about}</p>
      <label className="shortcut-switch">
        <input
          type="checkbox"
          checked={isOn}
          onChange={(event) => {
            setLettersOn(event.target.checked);
            setOn(event.target.checked);
          }}
        />
        {m.shortcuts.lettersOn}
      </label>
      <div className="shortcut-columns">
        {list.map(({ title, rows }) => (
          <section className="shortcut-group" key={title}>
            <h3>{title}</h3>
            <ul>
              {rows.map(([key, what]) => (
                <li key={key}>
                  <span>
                    <kbd className="kbd">{key}</kbd>
                  </span>
                  <span>{what}</span>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
      <div className="dialog-buttons">
        <button type="button" className="button" onClick={close}>
          {m.shortcuts.close}
        </button>
      </div>
    </Dialog>
  );
}
