// Sharing: the link to the moment, the text that puts the world into a document with a live preview, and the stage as a picture.
import { Fragment, useEffect, useState } from 'react';
import { IMPORTED } from '../session/imported.ts';
import { writeFile } from '../session/worldLink.ts';
import { AnimationPart } from './AnimationPart.tsx';
import { Dialog } from './Dialog.tsx';
import { EMBED_FORMS, type EmbedForm, embedAddress, embedCode } from './embedCode.ts';
import { pictureOf, save, shownStage, stagePng } from './exportStage.ts';
import { useMessages, useOverlays, useSession, useSessionHandle } from './hooks.tsx';
import { showInAddress, useIsDark } from './Toolbar.tsx';
import { useCopy } from './useCopy.ts';
import { useWorldLink } from './useWorldLink.ts';
import './share.css';

export function ShareDialog() {
  const { share: m } = useMessages();
  const { close } = useOverlays();
  const { link, isWhole } = useWorldLink() ?? { link: '', isWhole: true };
  const isScenario = useSession((state) => state.scenario) !== IMPORTED;
  useEffect(() => {
    if (link !== '') showInAddress(link);
  }, [link]);
  return (
    <Dialog title={m.title} className="dialog-wide" onClose={close}>
      <section className="share-part">
        <h3>{m.link}</h3>
        <p className="mid">{isWhole ? m.linkAbout : m.tooLong}</p>
        <CopyField label={m.link} text={link} isFirst />
        <FileButton />
      </section>
      {isScenario && <EmbedPart />}
      <PicturePart link={link || location.href} />
    </Dialog>
  );
}

/** The whole world, however large. */
function FileButton() {
  const session = useSessionHandle();
  const { share: m } = useMessages();
  const name = useSession((state) => state.scenario) ?? 'world';
  const saveFile = () => writeFile(session, import.meta.env['BUILD']).then((blob) => save(blob, `${name}.podarium`), session.notifyFailure);
  return (
    <div className="dialog-buttons">
      <button type="button" className="button" title={m.fileAbout} onClick={() => void saveFile()}>
        {m.file}
      </button>
      <span className="mid">{m.fileAbout}</span>
    </div>
  );
}

function EmbedPart() {
  const messages = useMessages();
  const m = messages.share;
  const scenario = useSession((state) => state.scenario) ?? 'empty';
  const seed = useSession((state) => state.seed);
  const language = useSession((state) => state.language);
  const isDark = useIsDark();
  const [form, setForm] = useState<EmbedForm>('iframe');
  const [width, setWidth] = useState(720);
  const [height, setHeight] = useState(420);
  const home = location.href.replace(/[?#].*$/, '');
  const { title } = messages.scenarios[scenario as keyof typeof messages.scenarios] ?? messages.scenarios.empty;
  const choice = { home, scenario, title, seed, language, width, height };
  return (
    <section className="share-part">
      <h3>{m.embed}</h3>
      <p className="mid">{m.embedAbout}</p>
      <div className="share-choices">
        <label>
          {m.form}
          <select value={form} onChange={(event) => setForm(event.target.value as EmbedForm)}>
            {EMBED_FORMS.map((each) => (
              <option key={each} value={each}>
                {m.forms[each]}
              </option>
            ))}
          </select>
        </label>
        <SizeField label={m.width} value={width} min={280} onChange={setWidth} />
        <SizeField label={m.height} value={height} min={360} onChange={setHeight} />
      </div>
      {embedCode(form, choice).map(({ file, text }) => (
        <Fragment key={file}>
          {file && <p className="mid">{m.inFile(file)}</p>}
          <CopyField label={file ?? m.code} text={text} rows={Math.max(3, text.split('\n').length)} />
        </Fragment>
      ))}
      <iframe
        className="share-preview"
        title={m.preview}
        src={`${embedAddress(choice)}&theme=${isDark ? 'dark' : 'light'}`}
        style={{ maxWidth: width, height }}
      />
    </section>
  );
}

function SizeField({
  label,
  value,
  min,
  onChange,
}: {
  readonly label: string;
  readonly value: number;
  readonly min: number;
  readonly onChange: (value: number) => void;
}) {
  return (
    <label>
      {label}
      <input
        type="number"
        min={min}
        max={4000}
        step={10}
        defaultValue={value}
        onChange={(event) => event.target.validity.valid && event.target.value !== '' && onChange(Number(event.target.value))}
      />
    </label>
  );
}

function PicturePart({ link }: { readonly link: string }) {
  const session = useSessionHandle();
  const { share: m } = useMessages();
  const scenario = useSession((state) => state.scenario) ?? 'podarium';
  const savePicture = (make: (stage: SVGSVGElement) => Promise<Blob>, ending: string) => {
    const stage = shownStage();
    if (!stage) return;
    make(stage).then((blob) => save(blob, `${scenario}.${ending}`), session.notifyFailure);
  };
  return (
    <section className="share-part">
      <h3>{m.picture}</h3>
      <p className="mid">{m.pictureAbout}</p>
      <div className="dialog-buttons">
        <button
          type="button"
          className="button"
          onClick={() => savePicture(async (stage) => new Blob([(await pictureOf(stage, link)).svg], { type: 'image/svg+xml' }), 'svg')}
        >
          {m.svg}
        </button>
        <button type="button" className="button" onClick={() => savePicture((stage) => stagePng(stage, link), 'png')}>
          {m.png}
        </button>
        <button type="button" className="button" onClick={() => print()}>
          {m.print}
        </button>
      </div>
      <AnimationPart link={link} />
    </section>
  );
}

function CopyField({
  label,
  text,
  rows = 2,
  isFirst,
}: {
  readonly label: string;
  readonly text: string;
  readonly rows?: number;
  readonly isFirst?: boolean;
}) {
  const { share: m } = useMessages();
  const copy = useCopy();
  return (
    <div className="share-copy">
      <textarea className="dialog-text" aria-label={label} readOnly rows={rows} value={text} onFocus={(event) => event.target.select()} />
      <button type="button" className="button primary" data-focus={isFirst ? true : undefined} onClick={() => copy(text)}>
        {m.copy}
      </button>
    </div>
  );
}
