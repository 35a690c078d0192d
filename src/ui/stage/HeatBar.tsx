// Under the heat-map: what its marks are coloured by, and what they say. Loaded when a world has so many nodes.
import type { Node } from '../../kube/kinds/node.ts';
import { COLOURINGS, type Colouring, HEAT_STEPS, heatLooks, stepFill } from '../../scene/heat.ts';
import { SceneReader } from '../../scene/scene.ts';
import { useMessages, useSession, useSessionHandle } from '../hooks.tsx';
import './heat.css';

interface HeatBarProps {
  readonly colouring: Colouring;
  readonly onColouring: (colouring: Colouring) => void;
}

export function HeatBar({ colouring, onColouring }: HeatBarProps) {
  const words = useMessages().scene;
  return (
    <div className="heat-bar">
      <div className="heat-colours">
        <span id="heat-colour-by">{words.heat.colourBy}</span>
        <div className="segments" role="group" aria-labelledby="heat-colour-by">
          {COLOURINGS.map((each) => (
            <button key={each} type="button" aria-pressed={each === colouring} onClick={() => onColouring(each)}>
              {words.heat.colourings[each]}
            </button>
          ))}
        </div>
      </div>
      {colouring === 'template' ? <TemplateKey /> : null}
      <NodeKey />
    </div>
  );
}

/** From the old template to the new one, in the steps that marks have. */
function TemplateKey() {
  const session = useSessionHandle();
  const words = useMessages().scene.heat;
  const seq = useSession((state) => state.snapshot.seq);
  const selection = useSession((state) => state.selection);
  void seq;
  const { snapshot } = session.store.getState();
  const { owners } = new SceneReader().read({ snapshot, looks: session.looks });
  const looks = heatLooks(owners, new Set(selection));
  if (!looks) return null;
  return (
    <p className="heat-key">
      {looks.old === looks.new ? null : (
        <>
          <span>{words.allFrom(looks.old.letter)}</span>
          <svg width={(HEAT_STEPS + 1) * 17} height={15} aria-hidden="true">
            {Array.from({ length: HEAT_STEPS + 1 }, (_, step) => (
              <rect
                key={step}
                x={step * 17}
                width={15}
                height={15}
                rx={7.5 * (1 - step / HEAT_STEPS) + 1}
                style={{ fill: stepFill(looks, step) }}
              />
            ))}
          </svg>
        </>
      )}
      <span>{words.allFrom(looks.new.letter)}</span>
    </p>
  );
}

/** Marks that stand for trouble, as far as there is any. */
function NodeKey() {
  const words = useMessages().scene;
  const nodes = useSession((state) => state.snapshot).list('Node') as readonly Node[];
  const isCordoned = nodes.some(({ spec }) => spec.unschedulable);
  const has = (type: string, status: string) =>
    nodes.some(({ status: { conditions } }) => conditions?.some((one) => one.type === type && one.status === status));
  return (
    <p className="heat-key">
      {has('Ready', 'Unknown') || has('Ready', 'False') ? (
        <span>
          <svg width="12" height="12" aria-hidden="true">
            <path d="M2 2L10 10M10 2L2 10" stroke="var(--alarm)" strokeWidth="1.8" />
          </svg>
          {words.notReady}
        </span>
      ) : null}
      {has('MemoryPressure', 'True') ? (
        <span>
          <svg width="12" height="12" aria-hidden="true">
            <rect x="3.5" y="3.5" width="5" height="5" fill="var(--alarm)" />
          </svg>
          {words.heat.pressure}
        </span>
      ) : null}
      {isCordoned ? (
        <span>
          <svg width="12" height="12" aria-hidden="true">
            <path d="M1 11L11 1" stroke="var(--ink)" strokeWidth="1.6" />
          </svg>
          {words.cordoned}
        </span>
      ) : null}
    </p>
  );
}
