// The question before more pods are made than a page can well hold.
import { megabytesFor, PODS_MAX } from '../session/largeWorld.ts';
import { Dialog } from './Dialog.tsx';
import { useMessages, useSession, useSessionHandle } from './hooks.tsx';

export function LargeQuestion() {
  const session = useSessionHandle();
  const m = useMessages().large;
  const language = useSession((state) => state.language);
  const pods = useSession((state) => state.pendingPods);
  if (pods === undefined) return null;
  const numberText = (count: number) => count.toLocaleString(language);
  return (
    <Dialog title={m.title} onClose={() => session.confirmPods('none')}>
      <p className="mid">{m.text(numberText(pods), numberText(megabytesFor(pods)))}</p>
      <div className="dialog-buttons">
        <button type="button" className="button primary" onClick={() => session.confirmPods('fewer')}>
          {m.fewer(numberText(PODS_MAX))}
        </button>
        <button type="button" className="button" onClick={() => session.confirmPods('all')}>
          {m.all}
        </button>
      </div>
    </Dialog>
  );
}
