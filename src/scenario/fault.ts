// What happens to machines and containers beside kubectl, read from plain data. It may come from anybody, by a link or a lesson file:
// only faults of known shape get through.
import type { Fault } from '../cluster/intents.ts';

/** Undefined for what is no fault. */
export function readFault(value: unknown): Fault | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { type, name, machine, namespace, pod, container, exitCode, kind, cpuMilli, bytes, to, port, path } = value as Readonly<
    Record<string, unknown>
  >;
  switch (type) {
    case 'failNode':
    case 'recoverNode':
    case 'removeNode':
      return isText(name) ? { type, name } : undefined;
    case 'addNode':
      return machineOf(machine);
    case 'exitContainer':
      if (!isText(namespace) || !isText(pod) || !isNumber(exitCode)) return undefined;
      return { type, namespace, pod, exitCode, ...(isText(container) ? { container } : {}) };
    case 'fillMemory':
      if (!isText(namespace) || !isText(pod) || !isText(container) || !isNumber(bytes)) return undefined;
      return { type, namespace, pod, container, bytes };
    case 'load':
      if (!isText(kind) || !isText(namespace) || !isText(name) || !isNumber(cpuMilli)) return undefined;
      return { type, kind, namespace, name, cpuMilli };
    case 'send':
      if (!isText(namespace) || !isText(to) || !isNumber(port) || !isText(path)) return undefined;
      return { type, namespace, to, port, path };
    default:
      return undefined;
  }
}

function machineOf(machine: unknown): Fault | undefined {
  if (typeof machine !== 'object' || machine === null) return undefined;
  const { name, cpu, memory, labels } = machine as Readonly<Record<string, unknown>>;
  if (!isText(name) || !isName(name) || !isQuantity(cpu) || !isQuantity(memory)) return undefined;
  const pairs = typeof labels === 'object' && labels !== null ? Object.entries(labels) : [];
  const texts = pairs.filter((pair): pair is [string, string] => isText(pair[1]));
  return { type: 'addNode', machine: { name, cpu, memory, labels: Object.fromEntries(texts) } };
}

const isText = (value: unknown): value is string => typeof value === 'string';
const isNumber = (value: unknown): value is number => typeof value === 'number';
const isName = (text: string) => /^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/.test(text);
const isQuantity = (value: unknown): value is string => isText(value) && /^\d{1,9}(\.\d{1,3})?(m|[KMGT]i?)?$/.test(value);
