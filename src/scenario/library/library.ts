// What a scenario of the menu is: machines, what is done to them and when, and from which moment a person looks on. Its title and
// its one sentence are messages (i18n, `scenarios`), so that this folder holds no prose.
import type { Fault, KubeletRuntime, Machine } from '../../cluster/intents.ts';
import type { Key, KubeObject, Snapshot } from '../../kube/meta.ts';
import type { ScenarioName } from './names.ts';

/** One thing done at a moment: a kubectl line, or a fault that kubectl cannot make. */
export interface LibraryStep {
  readonly atMs: number;
  /** The line, or how to word it for objects whose names the world chose. */
  readonly kubectl?: string | ((snapshot: Snapshot) => string | undefined);
  readonly stdin?: string;
  /** Typed into the command that has the terminal. */
  readonly typed?: string;
  /** What happens to the machines, or how to choose whom it happens to. */
  readonly fault?: Fault | ((snapshot: Snapshot) => Fault | undefined);
}

/** A world to open: a scenario of the menu, or a step of a lesson. */
export interface Setting {
  readonly machines: readonly Machine[];
  /** A cluster that ran elsewhere and goes on here, with the work that its pods had. */
  readonly objects?: readonly KubeObject[];
  readonly loads?: Readonly<Record<Key, number>>;
  readonly runtime?: Partial<KubeletRuntime>;
  readonly steps: readonly LibraryStep[];
  /** Where the playhead stands when the scenario is opened. */
  readonly openAtMs: number;
  readonly openSpeed?: 1 | 10 | 100;
  /** What is selected when it is opened, and the inspector's tab; `inside` looks into the selected pod. */
  readonly select?: (snapshot: Snapshot) => Key | undefined;
  readonly tab?: string;
}

export interface LibraryScenario extends Setting {
  readonly name: ScenarioName;
  /** The stretch that tells it in half a minute, and the moment that asks the question; the last steps unless said. */
  readonly show?: { readonly fromMs: number; readonly askMs: number; readonly toMs: number };
}

/** A machine of two cores and 4 GiB, of which the system keeps a part, in a zone of its own. */
export function machine(letter: string): Machine {
  return {
    name: `node-${letter}`,
    cpu: '2',
    memory: '4Gi',
    pods: 110,
    labels: { 'topology.kubernetes.io/zone': `zone-${letter}` },
    allocatable: { cpu: '1800m', memory: '3584Mi', pods: '110' },
  };
}

export const threeMachines: readonly Machine[] = ['a', 'b', 'c'].map(machine);

/** Disks made on the node where the first pod needs them. */
export const LOCAL_DISKS = `apiVersion: storage.k8s.io/v1
kind: StorageClass
metadata:
  name: local
provisioner: podarium.dev/fake
volumeBindingMode: WaitForFirstConsumer
`;

/** Without a password the image of PostgreSQL does not start. */
export const POSTGRES_ENV = 'env:\n- name: POSTGRES_PASSWORD\n  value: cookies\n';

/** The pods of a Deployment get so much work to share, in thousandths of a CPU. */
export function loadOn(name: string, cpuMilli: number): Fault {
  return { type: 'load', kind: 'Deployment', namespace: 'default', name, cpuMilli };
}
