// The moment shown as a link that a class can follow: large enough to be photographed from the last row.
import { Dialog } from '../Dialog.tsx';
import { useOverlays } from '../hooks.tsx';
import { useLearnMessages } from '../lesson/words.tsx';
import { useCopy } from '../useCopy.ts';
import { useWorldLink } from '../useWorldLink.ts';
import { QrCode } from './QrCode.tsx';
import './classroom.css';

export function QrDialog() {
  const words = useLearnMessages();
  const { close } = useOverlays();
  const copy = useCopy();
  const { link = '' } = useWorldLink() ?? {};
  if (!words || !link) return null;
  return (
    <Dialog title={words.classroom.qrTitle} className="qr-dialog" onClose={close}>
      <QrCode text={link} />
      <p className="mono qr-link">{link}</p>
      <div className="dialog-buttons">
        <button type="button" className="button primary" data-focus onClick={() => copy(link)}>
          {words.classroom.copy}
        </button>
        <button type="button" className="button" onClick={close}>
          {words.course.close}
        </button>
      </div>
    </Dialog>
  );
}
