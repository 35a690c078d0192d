// What if the pod asked for more? A handle over the cpu it asks for, under the number of nodes that would still take it; and what would
// let more nodes in.
import { useMessages, useSessionHandle } from '../hooks.tsx';
import { useWhyMessages } from '../laterWords.ts';
import { type Lane, milli, wouldFit } from './lanes.ts';

interface WhatIfProps {
  readonly lanes: readonly Lane[];
  readonly asked: number;
  readonly cpuMilli: number;
  readonly onChange: (cpuMilli: number) => void;
}

const STEP = 50;
const UNCORDONS_MAX = 3;

export function WhatIf({ lanes, asked, cpuMilli, onChange }: WhatIfProps) {
  const session = useSessionHandle();
  const m = useMessages();
  const words = useWhyMessages().why;
  const most = Math.ceil(Math.max(asked, 1000, ...lanes.map(({ freeMilli }) => freeMilli * 1.15)) / 500) * 500;
  const countAt = (value: number) => lanes.filter((lane) => wouldFit(lane, value)).length;
  const steps = stepsOf(most, countAt);
  const max = Math.max(1, steps[0]?.count ?? 1);
  const cordoned = lanes.filter(({ node }) => node?.spec.unschedulable).slice(0, UNCORDONS_MAX);
  const here = countAt(cpuMilli);
  return (
    <footer className="why-if">
      <div>
        <h3>{words.whatIf}</h3>
        <p className="dim">{words.drag}</p>
      </div>
      <div className="why-slider">
        <svg viewBox={`0 0 ${most} ${max + 1}`} preserveAspectRatio="none" aria-hidden="true">
          {steps.map(({ from, to, count }) => (
            <rect key={from} x={from} width={to - from} y={max - count} height={count + 1} fill="var(--sunk)" />
          ))}
        </svg>
        {steps
          .filter(({ from, to }) => to - from > most * 0.14)
          .map(({ from, to, count }) => (
            <span key={from} className={count === 0 ? 'why-step alarm' : 'why-step'} style={{ left: `${(50 * (from + to)) / most}%` }}>
              {words.nodesTake(count)}
            </span>
          ))}
        <input
          type="range"
          min={0}
          max={most}
          step={STEP}
          value={cpuMilli}
          aria-label={words.whatIf}
          aria-valuetext={`${milli(cpuMilli)} cpu, ${words.nodesTake(here)}`}
          onChange={(event) => {
            const value = Number(event.target.value);
            // Near what it asks for the handle comes to rest there.
            onChange(Math.abs(value - asked) < STEP ? asked : value);
          }}
        />
        <p className="mono dim" aria-hidden="true">
          <span>0</span>
          <b>
            {milli(cpuMilli)} cpu, {words.nodesTake(here)}
          </b>
          <span>{milli(most)} cpu</span>
        </p>
      </div>
      <div className="why-deeds">
        {cordoned.map(({ verdict: { nodeName } }) => (
          <button key={nodeName} type="button" className="button" onClick={() => session.run(`kubectl uncordon ${nodeName}`)}>
            {m.actions.uncordon} {nodeName}
          </button>
        ))}
        {cpuMilli === asked ? null : (
          <button type="button" className="button" onClick={() => onChange(asked)}>
            {words.asItIs}
          </button>
        )}
      </div>
    </footer>
  );
}

interface Step {
  readonly from: number;
  readonly to: number;
  readonly count: number;
}

function stepsOf(most: number, countAt: (value: number) => number): readonly Step[] {
  const steps: Step[] = [];
  for (let from = 0; from < most; from += STEP) {
    const count = countAt(from + STEP / 2);
    const last = steps.at(-1);
    if (last?.count === count) steps[steps.length - 1] = { ...last, to: from + STEP };
    else steps.push({ from, to: from + STEP, count });
  }
  return steps;
}
