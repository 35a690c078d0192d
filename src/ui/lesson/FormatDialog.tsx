// How a lesson file is written: the document that stands beside the lessons, in the language of the page where there is one.
import { useEffect, useState } from 'react';
import { Dialog } from '../Dialog.tsx';
import { loadNames } from '../fonts.ts';
import { useOverlays, useSession } from '../hooks.tsx';
import { Markdown } from './Markdown.tsx';
import { useLearnMessages } from './words.tsx';
import './format.css';

const documents: Readonly<Record<string, () => Promise<{ readonly default: string }>>> = {
  en: () => import('../../lessons/README.md?raw'),
  ko: () => import('../../lessons/README.ko.md?raw'),
};

export function FormatDialog() {
  const words = useLearnMessages()?.course;
  const language = useSession((state) => state.language);
  const { close } = useOverlays();
  const [text, setText] = useState('');
  useEffect(() => {
    const load = documents[language] ?? documents['en'];
    load?.().then(
      (loaded) => setText(loaded.default),
      () => {},
    );
  }, [language]);
  // It shows how texts of other languages are written.
  useEffect(() => void loadNames().catch(() => {}), []);
  if (!words) return null;
  return (
    <Dialog title={words.format} className="dialog-wide format" onClose={close}>
      <Markdown text={text} />
      <div className="dialog-buttons">
        <button type="button" className="button primary" data-focus onClick={close}>
          {words.close}
        </button>
      </div>
    </Dialog>
  );
}
