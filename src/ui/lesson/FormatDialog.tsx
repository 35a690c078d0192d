// How a lesson file is written: the document that stands beside the lessons, in the language of the page where there is one.
import { useEffect, useState } from 'react';
import { Dialog } from '../Dialog.tsx';
import { loadNames } from '../fonts.ts';
import { useOverlays, useSession } from '../hooks.tsx';
import { Markdown } from './Markdown.tsx';
import { useLearnMessages } from './words.tsx';
import './format.css';

const documents = import.meta.glob<string>('../../lessons/README*.md', { query: '?raw', import: 'default' });
const documentIn = (language: string) => documents[`../../lessons/README.${language}.md`] ?? documents['../../lessons/README.md'];

export function FormatDialog() {
  const words = useLearnMessages()?.course;
  const language = useSession((state) => state.language);
  const { close } = useOverlays();
  const [text, setText] = useState('');
  useEffect(() => {
    documentIn(language)?.().then(setText, () => {});
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
