// The YAML of an object, or of its template alone, to read and to edit. Mistakes show as one types; saving prints its kubectl line,
// and what the server refuses is said in the server's words without losing the text.
import { lazy, Suspense, useCallback, useMemo, useState } from 'react';
import { kindsOf } from '../../kube/custom/served.ts';
import { type KubeObject, keyOf } from '../../kube/meta.ts';
import { rollsOut } from '../../kube/rollsOut.ts';
import { shortName } from '../../session/lines.ts';
import { selectIsPast } from '../../session/selectors.ts';
import { useMessages, useSession, useSessionHandle } from '../hooks.tsx';
import { type EditedPart, readEdited, textOf } from './mistakes.ts';
import { replaceLine } from './owners.ts';

const YamlEditor = lazy(async () => ({ default: (await import('./YamlEditor.tsx')).YamlEditor }));

interface Draft {
  /** What the draft began from: another object, or a newer one, makes it stale. */
  readonly from: string;
  readonly text: string;
}

export function EditorPanel({ object, part }: { readonly object: KubeObject; readonly part: EditedPart }) {
  const session = useSessionHandle();
  const messages = useMessages();
  const words = messages.inspector.editor;
  const isPast = useSession(selectIsPast);
  const kinds = useSession(({ snapshot }) => kindsOf(snapshot));
  const current = useMemo(() => textOf(object, part), [object, part]);
  const [draft, setDraft] = useState<Draft>();
  const [refusal, setRefusal] = useState<string>();
  const [loaded, setLoaded] = useState({ count: 0, text: current, key: keyOf(object) });
  const key = keyOf(object);

  // A world that moves on replaces the text only while nothing is typed.
  const isDirty = draft !== undefined && draft.text !== draft.from && loaded.key === key;
  if (!isDirty && (loaded.text !== current || loaded.key !== key)) {
    setLoaded({ count: loaded.count + 1, text: current, key });
    setDraft(undefined);
  }
  const text = isDirty ? draft.text : current;
  const { object: edited, mistakes } = useMemo(
    () => readEdited(text, { live: object, part, kinds }, words),
    [text, object, part, kinds, words],
  );
  const check = useCallback(
    (typed: string) => readEdited(typed, { live: object, part, kinds }, words).mistakes,
    [object, part, kinds, words],
  );
  const isNewer = isDirty && draft.from !== current;

  const load = () => {
    setRefusal(undefined);
    setLoaded({ count: loaded.count + 1, text: current, key });
    setDraft(undefined);
  };
  const save = () => {
    if (!isDirty || !edited || mistakes.length > 0) return;
    session.run(...replaceLine(edited));
    const { pendingFork, terminal } = session.store.getState();
    // In the past nothing is saved until the question is answered; what is refused stays in the editor.
    if (pendingFork) return;
    const answer = terminal.at(-1);
    if (answer?.exitCode === 0) setDraft(undefined);
    else
      setRefusal(
        answer?.output
          .map((each) => each.text)
          .join('')
          .trim(),
      );
  };

  const label = part === 'template' ? words.template(shortName(object)) : words.object(shortName(object));
  const note =
    part === 'template'
      ? rollsOut(object)
        ? words.rolloutNote(object.kind)
        : words.templateNote
      : object.kind === 'Pod'
        ? words.podNote
        : undefined;
  return (
    <div className="editor-panel">
      <Suspense
        fallback={
          // Scrolls, so it must be reachable by keyboard.
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
          <pre className="editor-fallback" aria-busy="true" aria-label={words.loading} tabIndex={0}>
            {current}
          </pre>
        }
      >
        <YamlEditor
          documentId={`${key} ${part} ${loaded.count}`}
          text={loaded.text}
          label={label}
          check={check}
          onChange={(typed) => {
            setRefusal(undefined);
            setDraft({ from: draft?.from ?? loaded.text, text: typed });
          }}
          onApply={save}
        />
      </Suspense>
      <div className="editor-foot">
        <p role="status">
          {refusal !== undefined ? (
            <span className="alarm">{refusal}</span>
          ) : mistakes.length > 0 ? (
            <span className="alarm">
              {messages.paste.line(mistakes[0]?.line ?? 1)}: {mistakes[0]?.text}
            </span>
          ) : isNewer ? (
            <>
              {words.newer}{' '}
              <button type="button" className="link" onClick={load}>
                {words.reload}
              </button>
            </>
          ) : isPast ? (
            words.past
          ) : (
            (note ?? (isDirty ? null : words.unchanged))
          )}
        </p>
        <div className="inspector-buttons">
          <button type="button" className="button primary" disabled={!isDirty || mistakes.length > 0} onClick={save}>
            {words.apply} <kbd>{words.applyKeys}</kbd>
          </button>
          <button type="button" className="button" disabled={!isDirty} onClick={load}>
            {words.revert}
          </button>
        </div>
      </div>
    </div>
  );
}
