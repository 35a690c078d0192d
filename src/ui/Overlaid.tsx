// What lies over the page: menus, dialogs and questions.
import { lazy, Suspense } from 'react';
import { ActionMenu } from './ActionMenu.tsx';
import { CommandPalette } from './CommandPalette.tsx';
import { HandoutDialog } from './classroom/HandoutDialog.tsx';
import { QrDialog } from './classroom/QrDialog.tsx';
import { ForkQuestion } from './ForkQuestion.tsx';
import { useOverlays } from './hooks.tsx';
import { LargeQuestion } from './LargeQuestion.tsx';
import { CourseDialog } from './lesson/CourseDialog.tsx';
import { DraftDialog } from './lesson/DraftDialog.tsx';
import { FormatDialog } from './lesson/FormatDialog.tsx';
import { AddNodeDialog, LabelsDialog, ScaleDialog } from './ObjectDialogs.tsx';
import { PasteDialog, RefusalDialog } from './PasteDialog.tsx';
import { ScenarioPicker } from './ScenarioPicker.tsx';
import { ShareDialog } from './ShareDialog.tsx';
import { Shortcuts } from './Shortcuts.tsx';

const ClusterDialog = lazy(async () => ({ default: (await import('./ClusterDialog.tsx')).ClusterDialog }));

export function Overlaid() {
  const { overlay } = useOverlays();
  return (
    <>
      {overlay?.type === 'menu' && <ActionMenu overlay={overlay} />}
      {overlay?.type === 'palette' && <CommandPalette />}
      {overlay?.type === 'scenarios' && <ScenarioPicker />}
      {overlay?.type === 'share' && <ShareDialog />}
      {overlay?.type === 'shortcuts' && <Shortcuts />}
      {overlay?.type === 'course' && <CourseDialog />}
      {overlay?.type === 'draft' && <DraftDialog />}
      {overlay?.type === 'lessonFormat' && <FormatDialog />}
      {overlay?.type === 'qr' && <QrDialog />}
      {overlay?.type === 'handout' && <HandoutDialog />}
      {overlay?.type === 'paste' && <PasteDialog text={overlay.text} />}
      {overlay?.type === 'cluster' && (
        <Suspense fallback={null}>
          <ClusterDialog text={overlay.text} />
        </Suspense>
      )}
      {overlay?.type === 'scale' && <ScaleDialog objectKey={overlay.key} />}
      {overlay?.type === 'labels' && <LabelsDialog objectKey={overlay.key} />}
      {overlay?.type === 'addNode' && <AddNodeDialog />}
      <RefusalDialog />
      <ForkQuestion />
      <LargeQuestion />
    </>
  );
}
