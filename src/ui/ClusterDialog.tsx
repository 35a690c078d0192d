// A cluster that ran elsewhere, before it is opened: how far its text has been read, what is in it, and in words what will be different here.
import { useEffect, useMemo, useState } from 'react';
import type { Remark } from '../i18n/remarks.ts';
import { openInSlices, readCluster, settingOf } from '../session/importing.ts';
import { Dialog } from './Dialog.tsx';
import { useMessages, useOverlays, useSessionHandle } from './hooks.tsx';
import { useImportedMessages } from './laterWords.ts';

type Read = NonNullable<Awaited<ReturnType<typeof readCluster>>>;

const LENGTH_MAX = 200_000_000;
const LEFT = new Set<Remark['type']>([
  'cutOff',
  'tooMuch',
  'unreadable',
  'largeObject',
  'noObject',
  'misshapen',
  'moreUnreadable',
  'unknownKind',
  'refused',
  'moreRefused',
  'duplicates',
]);

export function ClusterDialog({ text }: { readonly text: string }) {
  const m = useImportedMessages();
  const { close } = useOverlays();
  const [part, setPart] = useState(0);
  const [read, setRead] = useState<Read>();
  const isTooLarge = text.length > LENGTH_MAX;
  useEffect(() => {
    if (isTooLarge) return;
    let isWanted = true;
    void readCluster(text, (progress) => {
      if (isWanted) setPart(progress);
      return isWanted;
    }).then((cluster) => isWanted && setRead(cluster));
    return () => {
      isWanted = false;
    };
  }, [text, isTooLarge]);
  if (isTooLarge) return <Problem words={m.tooLarge((text.length / 1e6).toFixed(0))} />;
  if (read) return <Summary read={read} />;
  return (
    <Dialog title={m.reading} onClose={close}>
      <p className="mid">{m.about}</p>
      <progress className="cluster-progress" aria-label={m.reading} max={1} value={part} />
      <div className="dialog-buttons">
        <button type="button" className="button" data-focus onClick={close}>
          {m.cancel}
        </button>
      </div>
    </Dialog>
  );
}

function Summary({ read }: { readonly read: Read }) {
  const session = useSessionHandle();
  const m = useImportedMessages();
  const { close } = useOverlays();
  const { objects, remarks } = read;
  const groups = useMemo(() => groupsOf(remarks), [remarks]);
  const count = (kind: string) => objects.filter((object) => object.kind === kind).length;
  if (objects.length === 0) return <Problem words={m.nothing} remarks={remarks} />;
  const open = () => {
    close();
    openInSlices(session, settingOf(read)).catch(() => session.notify(m.failed, { isError: true }));
  };
  return (
    <Dialog title={m.title} className="dialog-wide" onClose={close}>
      <p>
        <b>{m.found(count('Node'), count('Pod'), objects.length)}</b>
      </p>
      <p className="mid">{m.kept}</p>
      <p className="mid">{m.containers}</p>
      {(['left', 'notSimulated', 'added', 'differs'] as const).map((group) => (
        <Remarks key={group} title={m[group]} remarks={groups[group]} />
      ))}
      <div className="dialog-buttons">
        <button type="button" className="button primary" data-focus onClick={open}>
          {m.open}
        </button>
        <button type="button" className="button" onClick={close}>
          {m.cancel}
        </button>
      </div>
    </Dialog>
  );
}

function Problem({ words, remarks = [] }: { readonly words: string; readonly remarks?: readonly Remark[] }) {
  const m = useImportedMessages();
  const { paste } = useMessages();
  const { close } = useOverlays();
  return (
    <Dialog title={words} isAlarm onClose={close}>
      <Remarks title={m.left} remarks={remarks} />
      <div className="dialog-buttons">
        <button type="button" className="button" data-focus onClick={close}>
          {paste.close}
        </button>
      </div>
    </Dialog>
  );
}

function Remarks({ title, remarks }: { readonly title: string; readonly remarks: readonly Remark[] }) {
  const m = useImportedMessages();
  if (remarks.length === 0) return null;
  return (
    <section className="cluster-remarks">
      <h3>{title}</h3>
      <ul>
        {remarks.map((remark, index) => (
          <li key={index}>{m.remark(remark)}</li>
        ))}
      </ul>
    </section>
  );
}

function groupsOf(remarks: readonly Remark[]) {
  const left = remarks.filter(({ type }) => LEFT.has(type));
  const notSimulated = remarks.filter(({ type }) => type === 'notSimulated');
  const added = remarks.filter(({ type }) => type === 'standIn');
  const differs = remarks.filter((remark) => ![left, notSimulated, added].some((group) => group.includes(remark)));
  return { left, notSimulated, added, differs };
}
