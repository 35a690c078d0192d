// A pod's sandbox: made empty, copied for a saved moment, and what of it can be found by name.
import type { Process, Sandbox } from './process.ts';

export function newSandbox(hostname: string, ip: string): Sandbox {
  return {
    hostname,
    ip,
    nextId: 1,
    nextSharedPid: 2,
    processes: [],
    pipes: {},
    boxes: {},
    sessions: {},
    listeners: [],
    volumes: {},
    memoryVolumes: {},
    logs: {},
  };
}

/** A copy that shares nothing that is ever written to: entries of disks and lines of logs are never changed. */
export function copySandbox(sandbox: Sandbox): Sandbox {
  const { boxes, volumes, logs, ...rest } = sandbox;
  const copy: Sandbox = { ...structuredClone(rest), boxes: {}, volumes: {}, logs: {} };
  for (const [name, box] of Object.entries(boxes)) copy.boxes[name] = { ...box, layer: new Map(box.layer), gone: { ...box.gone } };
  for (const [name, disk] of Object.entries(volumes)) copy.volumes[name] = new Map(disk);
  for (const [name, runs] of Object.entries(logs)) {
    copy.logs[name] = runs.map((run) => ({ ...run, lines: [...run.lines], partial: { ...run.partial } }));
  }
  return copy;
}

export function isAlive(process: Process): boolean {
  return process.exitCode === undefined;
}

export function processesOf(sandbox: Sandbox, box: string): Process[] {
  return sandbox.processes.filter((process) => process.box === box && isAlive(process));
}
