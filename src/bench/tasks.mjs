// What long tasks are made of: the parts that the browser names, and the functions that its profiler saw in them, each with all it called.

const PART_MS_MIN = 4;
const CALL_MS_MIN = 6;

export function tellTasks(title, tasks, events, weight) {
  const ms = (us) => ((us * weight) / 1000).toFixed(0);
  const stacks = samplesOf(events);
  console.log(title);
  for (const { ts, dur, tdur, tid, args: origin } of tasks) {
    const isWithin = (at) => at >= ts && at <= ts + dur;
    const parts = events
      .filter(
        (event) => event.tid === tid && event.ph === 'X' && (event.tdur * weight) / 1000 >= PART_MS_MIN && !event.name.endsWith('RunTask'),
      )
      .filter((event) => isWithin(event.ts) && isWithin(event.ts + event.dur))
      .map(({ name, tdur: own, args }) => `${name} ${ms(own)} ${(args?.data?.url ?? args?.data?.functionName ?? '').split('/').at(-1)}`);
    console.log(`  ${ms(tdur)} ms, ${origin?.src_func ?? ''}: ${parts.join(' | ').slice(0, 500)}`);
    tellTree(stacks.filter(({ at }) => isWithin(at)));
  }
}

/** Every sample of the profiler: when, for how long, and the functions that were running, outermost first. */
function samplesOf(events) {
  const nodes = new Map();
  const samples = [];
  let at = events.find(({ name }) => name === 'Profile')?.args.data.startTime ?? 0;
  for (const { args } of events.filter(({ name }) => name === 'ProfileChunk')) {
    const { cpuProfile = {}, timeDeltas = [] } = args.data;
    for (const { id, parent, callFrame } of cpuProfile.nodes ?? []) nodes.set(id, { parent, callFrame });
    for (const [i, id] of (cpuProfile.samples ?? []).entries()) samples.push({ at: (at += timeDeltas[i]), us: timeDeltas[i + 1] ?? 0, id });
  }
  return samples.map(({ at, us, id }) => ({ at, us, names: namesOf(nodes, id) }));
}

function namesOf(nodes, id) {
  const names = [];
  for (let node = nodes.get(id); node; node = nodes.get(node.parent)) {
    const { functionName, url = '', lineNumber = 0 } = node.callFrame;
    names.unshift(`${functionName || '(anonymous)'} ${url.split('/').at(-1)}:${lineNumber + 1}`);
  }
  return names;
}

/** The calls that took long, indented below their callers. */
function tellTree(samples, depth = 0) {
  const calls = new Map();
  for (const sample of samples) {
    const name = sample.names[depth];
    if (name === undefined) continue;
    const call = calls.get(name) ?? { us: 0, samples: [] };
    call.us += sample.us;
    call.samples.push(sample);
    calls.set(name, call);
  }
  for (const [name, call] of [...calls].sort(([, a], [, b]) => b.us - a.us)) {
    if (call.us / 1000 < CALL_MS_MIN) break;
    console.log(`${(call.us / 1000).toFixed(0).padStart(8)}  ${' '.repeat(depth)}${name}`);
    tellTree(call.samples, depth + 1);
  }
}
