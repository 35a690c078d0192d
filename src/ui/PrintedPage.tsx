// What is printed: the stage on paper, light whatever the page is, with what was typed and the way back to the moment. It is made when the
// browser is about to print, whoever asked it to. A handout of a lesson prints itself.
import { useEffect, useState } from 'react';
import { formatMoment } from '../session/selectors.ts';
import type { Session, TerminalEntry } from '../session/session.ts';
import { wordsOf } from '../session/shareLink.ts';
import { writeWorldNow } from '../session/worldLink.ts';
import { QrCode } from './classroom/QrCode.tsx';
import { settledCopy, shownStage } from './exportStage.ts';
import { useMessages, useSessionHandle } from './hooks.tsx';
import { worldWords } from './Toolbar.tsx';
import './printed.css';

interface Sheet {
  readonly picture: SVGSVGElement;
  readonly scenario: string | undefined;
  readonly moment: string;
  readonly seed: number;
  readonly lines: readonly TerminalEntry[];
  readonly link: string;
}

/** The last lines that were typed: more would not be read. */
const LINES_MAX = 12;
/** Somebody may want to type it. */
const LINK_LENGTH_MAX = 400;

/** `flush` renders at once what it is told: nobody waits for a printer. It comes from the page, so that react-dom stays one piece. */
export function PrintedPage({ flush }: { readonly flush: (tell: () => void) => void }) {
  const session = useSessionHandle();
  const m = useMessages();
  const [sheet, setSheet] = useState<Sheet>();
  useEffect(() => {
    const onBefore = () => flush(() => setSheet(sheetOf(session)));
    const onAfter = () => setSheet(undefined);
    addEventListener('beforeprint', onBefore);
    addEventListener('afterprint', onAfter);
    return () => {
      removeEventListener('beforeprint', onBefore);
      removeEventListener('afterprint', onAfter);
    };
  }, [session, flush]);
  if (!sheet) return null;
  const { title, about } = worldWords(sheet.scenario, m);
  return (
    <article className="printed">
      <h1>
        {title} <small>{about}</small>
      </h1>
      <p>{m.share.printed(sheet.moment, sheet.seed)}</p>
      <div className="printed-picture" ref={(box) => box?.replaceChildren(sheet.picture)} />
      <section className="printed-foot">
        <ol>
          {sheet.lines.map(({ id, atMs, line }) => (
            <li key={id}>
              <span>{formatMoment(atMs)}</span> <code>{line}</code>
            </li>
          ))}
        </ol>
        <footer>
          <QrCode text={sheet.link} />
          <span className="mono">{sheet.link}</span>
        </footer>
      </section>
    </article>
  );
}

function sheetOf(session: Session): Sheet | undefined {
  const stage = shownStage();
  if (!stage) return undefined;
  const { scenario, playheadMs, seed, terminal } = session.store.getState();
  const { hash } = writeWorldNow(session, import.meta.env['BUILD']);
  return {
    picture: onPaper(stage),
    scenario,
    moment: formatMoment(playheadMs),
    seed,
    lines: terminal.filter(({ atMs }) => atMs <= playheadMs).slice(-LINES_MAX),
    link: new URL(hash.length <= LINK_LENGTH_MAX ? hash : `?${wordsOf(session)}`, location.href.replace(/[?#].*$/, '')).href,
  };
}

/** Colours are settled while the page is light, which nobody sees. */
function onPaper(stage: SVGSVGElement): SVGSVGElement {
  const { dataset } = document.documentElement;
  const { theme = 'light' } = dataset;
  dataset['theme'] = 'light';
  const picture = settledCopy(stage);
  dataset['theme'] = theme;
  picture.removeAttribute('width');
  picture.removeAttribute('height');
  return picture;
}
