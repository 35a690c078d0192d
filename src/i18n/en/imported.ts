// Opening a cluster that ran elsewhere, in English.
import type { Remark } from '../remarks.ts';

const objects = (count: number) => (count === 1 ? '1 object' : `${count} objects`);

export const importedEn = {
  title: 'A cluster',
  reading: 'Reading the cluster',
  about: 'What kubectl printed of a cluster becomes a world to try things in. It is read in this page: nothing of it is sent anywhere.',
  cancel: 'Cancel',
  open: 'Open as a world',
  nothing: 'No object of Kubernetes could be read.',
  found: (nodes: number, pods: number, all: number) => `${nodes} nodes, ${pods} pods, ${objects(all)} in all`,
  kept: 'Names, uids, owners and status are kept. The clock begins at the last moment that the text tells of; ages stay, dates are moved.',
  containers: 'Containers do not run their commands: they start, become ready and run until they are stopped.',
  added: 'Added, because something names it and it is missing',
  left: 'Left out',
  notSimulated: 'Kept, but nothing here acts on it',
  differs: 'Different from the real cluster',
  remark: (remark: Remark): string => {
    switch (remark.type) {
      case 'cutOff':
        return 'The text is cut off: its last object is left out.';
      case 'tooMuch':
        return 'The text has more than 200,000 objects: the rest is left out.';
      case 'largeObject':
        return 'An object of more than 2 MB';
      case 'noObject':
        return 'Not an object of Kubernetes';
      case 'misshapen':
        return `${remark.what}: its fields are not those of its kind`;
      case 'unreadable':
        return remark.words;
      case 'unknownKind':
      case 'notSimulated':
      case 'standIn':
        return `${remark.what}: ${remark.count}`;
      case 'refused':
        return `${remark.what}: ${remark.words}`;
      case 'moreRefused':
      case 'moreUnreadable':
        return `${objects(remark.count)} more`;
      case 'duplicates':
        return `Twice in the text: ${remark.count}`;
      case 'ownerMissing':
        return `Owner missing, nobody's now: ${remark.count}`;
      case 'waiting':
        return `Containers that failed and go on waiting: ${remark.count}`;
      case 'staticPods':
        return `Static pods, which do not come back once deleted: ${remark.count}`;
      case 'otherScheduler':
        return `Pods that wait for a scheduler of their own: ${remark.count}`;
      case 'otherMetrics':
        return `Autoscalers that follow other metrics than the CPU: ${remark.count}`;
    }
  },
  failed: 'The cluster could not be opened: its objects contradict each other.',
  tooLarge: (megabytes: string) => `This text has ${megabytes} MB. More than 200 MB is not read.`,
};
