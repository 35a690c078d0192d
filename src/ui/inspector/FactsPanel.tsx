// How an object stands now: its facts in rows, and the pods it is about.
import { type KubeObject, partsOf } from '../../kube/meta.ts';
import { useSession, useSessionHandle } from '../hooks.tsx';
import { useWhyMessages } from '../laterWords.ts';
import { ConditionsPanel } from './EventsPanel.tsx';
import { factsOf } from './facts.ts';
import { PodList } from './PodList.tsx';

export function FactsPanel({ object }: { readonly object: KubeObject }) {
  const session = useSessionHandle();
  const words = useWhyMessages().facts;
  const snapshot = useSession((state) => state.snapshot);
  const { rows, pods } = factsOf(object, snapshot, words);
  return (
    <>
      {rows.length === 0 ? <p className="quiet">{words.nothing}</p> : null}
      <dl className="facts">
        {rows.map(({ term, value, isAlarm, goTo }, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: two ports have the same term, and rows keep their order
          <div key={`${term}:${i}`}>
            <dt>{term}</dt>
            <dd className={isAlarm ? 'alarm' : undefined}>
              {goTo && snapshot.get(partsOf(goTo).kind, goTo) ? (
                <button type="button" className="link mono" onClick={() => session.select([goTo])}>
                  {value}
                </button>
              ) : (
                value
              )}
            </dd>
          </div>
        ))}
      </dl>
      {pods ? <h3>{pods.title}</h3> : null}
      {pods ? <PodList pods={pods.list} none={words.noPod} /> : null}
      <ConditionsPanel object={object} isQuietWhenNone />
    </>
  );
}
