// The first visit: what one sees in one sentence, and two things to do. Gone for good once something was done.
import { useState } from 'react';
import { partsOf } from '../kube/meta.ts';
import { readPreference, writePreference } from '../session/preferences.ts';
import { useMessages, useOverlays, useSession, useSessionHandle } from './hooks.tsx';
import { Icon } from './icons.tsx';

const NAME = 'visited';

export function Welcome() {
  const session = useSessionHandle();
  const m = useMessages();
  const { open } = useOverlays();
  // A link shows just what it names.
  const [isShown, show] = useState(() => location.search === '' && readPreference(NAME) === undefined);
  const isPlain = useSession((state) => state.lesson === undefined && state.inside === undefined);
  const pod = useSession((state) => state.snapshot.list('Pod')[0]?.metadata.name);
  const selected = useSession((state) => state.selection[0]);
  if (!isShown || !isPlain || pod === undefined) return null;
  const close = (): void => {
    writePreference(NAME, 'yes');
    show(false);
  };
  const remove = (): void => {
    const parts = selected === undefined ? undefined : partsOf(selected);
    session.run(`kubectl delete pod ${parts?.kind === 'Pod' ? parts.name : pod} --wait=false`);
    session.play();
    close();
  };
  const learn = (): void => {
    close();
    open({ type: 'course' });
  };
  return (
    <section className="welcome" aria-label={m.welcome.label}>
      <p>
        <b>{m.welcome.title}</b> {m.welcome.text}
      </p>
      <div className="welcome-buttons">
        <button type="button" className="button primary" onClick={remove}>
          {m.welcome.act}
        </button>
        <button type="button" className="button" onClick={learn}>
          {m.welcome.learn}
        </button>
        <button type="button" className="button quiet square welcome-close" aria-label={m.notice.close} onClick={close}>
          <Icon name="close" size={14} />
        </button>
      </div>
    </section>
  );
}
