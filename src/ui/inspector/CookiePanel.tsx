// Cutter and cookie, side by side: what differs, what only one has, and what no cutter sets.
import { useState } from 'react';
import type { Pod } from '../../kube/kinds/pod.ts';
import { keyOf } from '../../kube/meta.ts';
import type { Look } from '../../scene/podRecord.ts';
import { namespaceFlag, shortName } from '../../session/lines.ts';
import { formatMoment } from '../../session/selectors.ts';
import { Cutter, Glyph } from '../Glyph.tsx';
import { useMessages, useSession, useSessionHandle } from '../hooks.tsx';
import { Icon } from '../icons.tsx';
import { brokenAtHumps, brokenAtSlashes } from './breakable.tsx';
import { briefOf } from './brief.ts';
import { type ComparedLine, compareCookie } from './compare.ts';
import { cutterHolderOf, type Owner } from './owners.ts';
import { previousTemplateOf } from './templates.ts';

export function CookiePanel({ pod }: { readonly pod: Pod }) {
  const session = useSessionHandle();
  const messages = useMessages();
  const snapshot = useSession((state) => state.snapshot);
  const owner = cutterHolderOf(snapshot, pod);
  const { looks } = session;
  const podLook = looks.ofPod(pod);
  const cutterLook = looks.ofTemplate(owner?.spec.template);
  const { lines, beyondCutter, differences } = compareCookie(owner?.spec.template, pod);
  const cutAt = formatMoment(looks.recordOf(pod)?.cutMs ?? 0);
  const words = messages.inspector.cookie;
  const [isWhole, showWhole] = useState(false);
  const canBeBrief = owner !== undefined && differences > 0;
  const isBrief = canBeBrief && !isWhole;
  return (
    <div className={isBrief ? 'cookie-panel cookie-brief' : 'cookie-panel'}>
      {isBrief && <Brief lines={lines} cutter={cutterLook} cookie={podLook} />}
      <div className="compare-heads">
        <div>
          {owner ? <Cutter look={cutterLook} size={30} /> : null}
          <p>
            <b>{owner ? words.cutterNow : words.noCutter}</b>
            {owner ? <span>{words.templateOf(shortName(owner), cutterLook.letter)}</span> : null}
          </p>
        </div>
        <div>
          <Glyph look={podLook} state={{ name: 'ready' }} size={30} />
          <p>
            <b>{words.thisCookie}</b>
            <span>{podLook.letter ? words.cutFrom(podLook.letter, cutAt) : words.cutByHand(cutAt)}</span>
          </p>
        </div>
      </div>
      <ol className="compare" data-alone={owner ? undefined : true}>
        {lines.map((line, index) => (
          <Line key={`${line.path}:${index}`} line={line} cutter={owner ? cutterLook.shape : undefined} cookie={podLook.shape} />
        ))}
      </ol>
      {beyondCutter.length > 0 ? (
        <div className="compare-beyond">
          <h3>{words.notInAnyCutter}</h3>
          <p>
            {beyondCutter.map((line) => (
              <code key={line}>{brokenAtSlashes(line)}</code>
            ))}
          </p>
        </div>
      ) : null}
      <p className="lead">
        {owner ? <Sentence owner={owner} letter={podLook.letter} now={cutterLook.letter} differences={differences} /> : words.alone}
      </p>
      <div className="inspector-buttons">
        <button
          type="button"
          className="button primary"
          onClick={() => session.run(`kubectl delete pod ${pod.metadata.name}${namespaceFlag(pod)}`)}
        >
          {words.deleteAndWatch}
        </button>
        {canBeBrief && (
          <button type="button" className="button compare-all" aria-expanded={isWhole} onClick={() => showWhole(!isWhole)}>
            {words.allDifferences}
          </button>
        )}
        {owner ? <PutBack owner={owner} /> : null}
      </div>
    </div>
  );
}

/** On a phone, what differs in a few rows; the style sheet shows either this or the whole. */
function Brief({ lines, cutter, cookie }: { readonly lines: readonly ComparedLine[]; readonly cutter: Look; readonly cookie: Look }) {
  const words = useMessages().inspector.cookie;
  return (
    <table className="brief">
      <thead>
        <tr>
          <th scope="col">
            <span className="visually-hidden">{words.field}</span>
          </th>
          <th scope="col">{words.headed(words.cutterNow, cutter.letter)}</th>
          <th scope="col">{words.headed(words.thisCookie, cookie.letter)}</th>
        </tr>
      </thead>
      <tbody>
        {briefOf(lines).map(({ path, field, cutter: now, cookie: own }) => (
          <tr key={path}>
            <th scope="row">
              <code>{brokenAtHumps(field)}</code>
            </th>
            <td className={`look-${cutter.shape}`}>{now === undefined ? <Missing /> : <code>{now}</code>}</td>
            <td className={`look-${cookie.shape}`}>{own === undefined ? <Missing /> : <code>{own}</code>}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Missing() {
  const words = useMessages().inspector.cookie;
  return (
    <span className="brief-missing">
      <span className="visually-hidden">{words.notHere}</span>
    </span>
  );
}

function Sentence({
  owner,
  letter,
  now,
  differences,
}: {
  readonly owner: Owner;
  readonly letter: string;
  readonly now: string;
  readonly differences: number;
}) {
  const words = useMessages().inspector.cookie;
  if (differences === 0) {
    const [first, second] = words.same;
    return (
      <>
        <b>{first}</b> {second}
      </>
    );
  }
  const rest = letter === now ? words.edited : owner.kind === 'Deployment' ? words.rolling(letter) : words.keeps(letter, now);
  return (
    <>
      <b>{words.different(differences)[0]}</b> {rest}
    </>
  );
}

/** Puts the template before the present one back, where there was one. */
function PutBack({ owner }: { readonly owner: Owner }) {
  const session = useSessionHandle();
  const words = useMessages().inspector.cookie;
  const seq = useSession((state) => state.snapshot.seq);
  const previous = previousTemplateOf(session.cluster.changes, keyOf(owner), seq);
  if (!previous) return null;
  const letter = session.looks.ofTemplate(previous).letter;
  const onClick = () => {
    if (owner.kind === 'Deployment') return session.run(`kubectl rollout undo ${shortName(owner)}${namespaceFlag(owner)}`);
    const patch = [{ op: 'replace', path: '/spec/template', value: previous }];
    session.run(
      `kubectl patch ${shortName(owner)}${namespaceFlag(owner)} --type=json -p '${JSON.stringify(patch).replaceAll("'", "'\\''")}'`,
    );
  };
  return (
    <button type="button" className="button" onClick={onClick}>
      <Icon name="undo" /> {words.putBack(letter)}
    </button>
  );
}

function Line({ line, cutter, cookie }: { readonly line: ComparedLine; readonly cutter: string | undefined; readonly cookie: string }) {
  const words = useMessages().inspector.cookie;
  const isOneSided = line.cutter === undefined || line.cookie === undefined;
  const sign = line.isDifferent && cutter !== undefined ? (isOneSided ? '+' : '≠') : '';
  return (
    <li data-differs={sign ? true : undefined}>
      <code className={sign ? `side look-${cutter}` : 'side'} data-missing={line.cutter === undefined ? true : undefined}>
        {line.cutter}
      </code>
      <span className="gutter">
        <span aria-hidden="true">{sign}</span>
        {sign ? <span className="visually-hidden">{isOneSided ? words.onlyHere : words.differs}</span> : null}
      </span>
      <code className={sign ? `side look-${cookie}` : 'side'} data-missing={line.cookie === undefined ? true : undefined}>
        {line.cookie}
      </code>
    </li>
  );
}
