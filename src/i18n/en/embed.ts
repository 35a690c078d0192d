// The words of a world in a document, in English. What it asks stands on its poster.

export const embedEn = {
  openFull: 'Open full size',
  play: 'Play',
  pause: 'Pause',
  replay: 'From the start',
  time: 'Time',
  speed: 'Speed',
  deletePod: 'Delete a pod',
  tooMany: (pods: number) => `${pods} pods are too many for a world in a document.`,
  putBack: (letter: string) => `Put ${letter} back`,
  onlyCutter: ['Only the cutter changed.', 'Cookies already cut stay as they are.'] as readonly [string, string],
  /** What it says before it is run. */
  poster: {
    run: (seconds: number) => `Run it, ${seconds} seconds`,
    start: 'Run it',
    about: 'A Kubernetes cluster that runs in this page',
    loads: (kilobytes: number) => `Loads ${kilobytes} kB when you press Run`,
    failed: 'The world could not be loaded.',
  },
  question: 'What happens next?',
  questions: {
    'cookie-cutter': 'The template changes. What happens to these three pods?',
    'self-healing': 'A pod is deleted. Does it come back?',
    'naked-pod': 'A pod without an owner is deleted. Who replaces it?',
    'crash-loop': 'The container keeps crashing. How long is each wait?',
    'rolling-update': 'The image changes. In which order are six pods replaced?',
    'node-goes-dark': 'A node falls silent. What happens to its pods?',
    drain: 'The node is drained. Where do its pods go?',
    'memory-pressure': 'Five pods, and the node runs out of memory. Who is evicted first?',
    budget: 'Three of four must serve. Can the node be drained?',
    'stateful-order': 'Three numbered pods start. In which order?',
    daemon: 'A node joins. Who runs on it?',
    'job-tries': 'The try fails. How often does the Job try again?',
    cron: 'A minute passes. What does the CronJob cut?',
    priority: 'The nodes are full, and a more important pod comes. Who makes room?',
  } as Readonly<Record<string, string>>,
};
