// The question before the future is dropped.
import { formatLength } from '../session/selectors.ts';
import { Dialog } from './Dialog.tsx';
import { useMessages, useSession, useSessionHandle } from './hooks.tsx';

export function ForkQuestion() {
  const session = useSessionHandle();
  const m = useMessages();
  const pendingFork = useSession((state) => state.pendingFork);
  if (!pendingFork) return null;
  return (
    <Dialog title={m.fork.title} onClose={() => session.confirmFork(false)}>
      <p className="mid">{m.fork.text(formatLength(pendingFork.dropsMs))}</p>
      <div className="dialog-buttons">
        <button type="button" className="button primary" onClick={() => session.confirmFork(true)}>
          {m.fork.yes}
        </button>
        <button type="button" className="button" onClick={() => session.confirmFork(false)}>
          {m.fork.no}
        </button>
      </div>
    </Dialog>
  );
}
