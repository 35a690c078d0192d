// What stands on the stage when there is nothing on it.
import { useMessages, useOverlays, useSession, useSessionHandle } from './hooks.tsx';
import { Icon } from './icons.tsx';

export function EmptyWorld() {
  const session = useSessionHandle();
  const m = useMessages();
  const { open } = useOverlays();
  const scenario = useSession((state) => state.scenario) as keyof typeof m.scenarios | undefined;
  const hasBegun = useSession(({ terminal }) => terminal.length > 0);
  const isPlaying = useSession((state) => state.isPlaying);
  if (!hasBegun && scenario && scenario !== 'empty')
    return (
      <div className="empty-world">
        <h2>{m.scenarios[scenario].title}</h2>
        <p className="mid">{isPlaying ? m.empty.begins : m.empty.pressPlay}</p>
        <div className="dialog-buttons">
          {!isPlaying && (
            <button type="button" className="button primary" onClick={() => session.play()}>
              <Icon name="play" size={14} /> {m.timeline.play}
            </button>
          )}
          <button type="button" className="button" onClick={() => open({ type: 'scenarios' })}>
            {m.empty.all}
          </button>
        </div>
      </div>
    );
  return (
    <div className="empty-world">
      <h2>{m.empty.title}</h2>
      <p className="mid">{m.empty.text}</p>
      <div className="dialog-buttons">
        <button
          type="button"
          className="button primary"
          onClick={() => {
            session.run('kubectl create deployment web --image=nginx:1.27 --replicas=3');
            session.play();
          }}
        >
          {m.empty.cut}
        </button>
        <button type="button" className="button" onClick={() => open({ type: 'paste' })}>
          {m.empty.paste}
        </button>
        <button type="button" className="button" onClick={() => open({ type: 'scenarios' })}>
          {m.empty.all}
        </button>
      </div>
    </div>
  );
}
