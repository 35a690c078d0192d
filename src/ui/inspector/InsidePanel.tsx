// The inspector beside the inside view: the part that is chosen, what the containers of the pod share and what not, and what one can
// try on them.
import { useState } from 'react';
import type { InsideMessages } from '../../i18n/language.ts';
import type { Pod } from '../../kube/kinds/pod.ts';
import type { InsideModel } from '../../scene/inside/model.ts';
import { useSession, useSessionHandle } from '../hooks.tsx';
import { useInsideMessages } from '../laterWords.ts';
import { isStartedAgain, type TrialDeed, trialsFor } from './breakIt.ts';
import { PartDetails } from './PartDetails.tsx';

export function InsidePanel({ model }: { readonly model: InsideModel }) {
  const words = useInsideMessages().panel;
  const part = useSession((state) => (state.inside?.key === model.pod.key ? state.inside.part : undefined));
  const { pod } = model.pod;
  return (
    <div className="inside-panel">
      {part ? <PartDetails model={model} part={part} /> : null}
      <Facts title={words.shared} rows={sharedRows(model, words)} />
      <Facts title={words.notShared} rows={notSharedRows(pod, words)} />
      <Trials model={model} />
    </div>
  );
}

type Words = InsideMessages['panel'];
type Row = readonly [what: string, how: string];

function sharedRows({ pod: { pod }, volumes, containers }: InsideModel, words: Words): Row[] {
  const { terminationGracePeriodSeconds = 30 } = pod.spec;
  const paths = (volume: string) => containers.flatMap(({ mounts }) => mounts.filter((mount) => mount.volume === volume)).length;
  const isSharing = (pod.spec as { shareProcessNamespace?: boolean }).shareProcessNamespace === true;
  return [
    words.network,
    ...volumes.filter(({ name }) => paths(name) > 1).map(({ name }): Row => [words.volume(name), words.paths(paths(name))]),
    words.node,
    [words.ending, words.grace(terminationGracePeriodSeconds)],
    ...(isSharing ? [words.sharedProcesses] : []),
  ];
}

function notSharedRows({ spec }: Pod, words: Words): Row[] {
  const isSharing = (spec as { shareProcessNamespace?: boolean }).shareProcessNamespace === true;
  return [words.root, ...(isSharing ? [] : [words.processes]), words.limits, words.restarts];
}

function Facts({ title, rows }: { readonly title: string; readonly rows: readonly Row[] }) {
  return (
    <>
      <h3>{title}</h3>
      <dl className="inside-facts">
        {rows.map(([what, how]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{how}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function Trials({ model }: { readonly model: InsideModel }) {
  const session = useSessionHandle();
  const words = useInsideMessages().panel;
  const trials = trialsFor(model);
  const [tried, setTried] = useState<TrialDeed>();
  const told = tried ?? trials.find(({ trial }) => trial === 'bind') ?? trials[0];
  const run = (deed: TrialDeed) => {
    setTried(deed);
    const { line, fault } = deed;
    if (line) session.run(line);
    else if (fault) session.act(fault);
  };
  return (
    <>
      <h3>{words.breakIt}</h3>
      <div className="inspector-buttons">
        {trials.map((deed) => (
          <button type="button" className="button" key={`${deed.trial}/${deed.what}`} onClick={() => run(deed)}>
            {words.trial(deed.trial, deed.what)}
          </button>
        ))}
      </div>
      <p className="lead" aria-live="polite">
        {told ? words.why(told.trial, isStartedAgain(told, model)) : null}
      </p>
    </>
  );
}
