// The moment shown as a link that a class can follow: large enough to be photographed from the last row.
import { writeLink } from '../../session/shareLink.ts';
import { Dialog } from '../Dialog.tsx';
import { useOverlays, useSessionHandle } from '../hooks.tsx';
import { useLearnMessages } from '../lesson/words.tsx';
import { useCopy } from '../useCopy.ts';
import { QrCode } from './QrCode.tsx';
import './classroom.css';

export function QrDialog() {
  const session = useSessionHandle();
  const words = useLearnMessages();
  const { close } = useOverlays();
  const copy = useCopy();
  if (!words) return null;
  const link = new URL(writeLink(session).link, location.href).href;
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
