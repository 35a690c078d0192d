// kubectl events: the events of a namespace or of one object, in the order of time. Models kubectl/pkg/cmd/events.
import { humanAge } from '../../kube/duration.ts';
import type { Event } from '../../kube/kinds/event.ts';
import { fromTimestamp } from '../../kube/meta.ts';
import { CommandError } from '../errors.ts';
import { listOf } from '../output.ts';
import type { ParsedArgs } from '../parse.ts';
import { printerFor } from '../printers.ts';
import { listObjects, mustFindKind } from '../resources.ts';
import { alignTable } from '../table.ts';
import { allNamespacesFlag, err, outputFlag, type Verb, type VerbContext } from '../verb.ts';

type AnyEvent = Event & { readonly series?: { readonly count: number; readonly lastObservedTime: string } | null };

export const events: Verb = {
  name: 'events',
  usage: '[(-o|--output=)json|yaml|name|jsonpath=…] [--for TYPE/NAME] [--watch] [--types=Normal,Warning]',
  summary: 'List events',
  examples: [
    { why: 'What happened in this namespace', line: 'kubectl events' },
    { why: 'What happened to one pod', line: 'kubectl events --for pod/web' },
    { why: 'Only what went wrong', line: 'kubectl events --types=Warning' },
  ],
  flags: [
    allNamespacesFlag,
    outputFlag,
    { name: 'for', type: 'string', help: 'Only events about this object, as TYPE/NAME.' },
    { name: 'types', type: 'list', help: 'Only events of these types: Normal, Warning.' },
    { name: 'watch', short: 'w', type: 'bool', help: 'After listing, keep printing what happens.' },
    { name: 'no-headers', type: 'bool', help: 'Leave out the headers of the table.' },
    { name: 'chunk-size', type: 'int', default: '500', help: 'Accepted; lists are never cut.' },
  ],

  *run(args, ctx) {
    const isWanted = wantedEvents(args, ctx);
    const output = args.text('output');
    const printer = output ? printerFor(output) : undefined;
    const select = (): AnyEvent[] => {
      const namespace = args.isOn('all-namespaces') ? undefined : ctx.namespace;
      return (listObjects(mustFindKind('events', ctx), namespace, ctx) as AnyEvent[]).filter(isWanted);
    };
    const print = tablePrinter(args, ctx);
    const list = select().sort((a, b) => timeOf(a) - timeOf(b));
    if (!args.isOn('watch')) {
      if (list.length === 0) yield err(args.isOn('all-namespaces') ? 'No events found.' : `No events found in ${ctx.namespace} namespace.`);
      else yield { type: 'stdout', text: printer ? printer(listOf(list)) : print(list) };
      return 0;
    }
    for (const event of list) yield { type: 'stdout', text: printer ? printer(event) : print([event]) };
    for (let seen = ctx.client.changes?.().length ?? 0; ; ) {
      yield { type: 'wait' };
      const changes = ctx.client.changes?.() ?? [];
      for (; seen < changes.length; seen++) {
        const event = changes[seen]?.after as AnyEvent | undefined;
        const isHere = event?.kind === 'Event' && (args.isOn('all-namespaces') || event.metadata.namespace === ctx.namespace);
        if (event && isHere && isWanted(event)) yield { type: 'stdout', text: printer ? printer(event) : print([event]) };
      }
    }
  },
};

function wantedEvents(args: ParsedArgs, ctx: VerbContext): (event: AnyEvent) => boolean {
  const types = args.texts('types').map((type) => type.toLowerCase());
  if (types.some((type) => type !== 'normal' && type !== 'warning')) throw new CommandError('valid --types are Normal or Warning');
  const [type = '', name, ...more] = args.text('for').split('/');
  if (args.has('for') && name === undefined) throw new CommandError('--for must be in resource/name form');
  if (more.length > 0) throw new CommandError('arguments in resource/name form may not have more than one slash');
  const kind = args.has('for') ? mustFindKind(type, ctx).kind : undefined;
  return (event) => {
    if (types.length > 0 && !types.includes(event.type.toLowerCase())) return false;
    return kind === undefined || (event.involvedObject.kind === kind && event.involvedObject.name === name);
  };
}

function timeOf({ series, lastTimestamp, eventTime }: AnyEvent): number {
  const time = series?.lastObservedTime ?? lastTimestamp ?? eventTime;
  return time ? fromTimestamp(time) : Number.NEGATIVE_INFINITY;
}

function tablePrinter(args: ParsedArgs, ctx: VerbContext): (list: readonly AnyEvent[]) => string {
  const widths: number[] = [];
  const isWithNamespace = args.isOn('all-namespaces');
  let isFirst = !args.isOn('no-headers');
  return (list) => {
    const header = isFirst ? [`${isWithNamespace ? 'NAMESPACE\t' : ''}LAST SEEN\tTYPE\tREASON\tOBJECT\tMESSAGE`] : [];
    isFirst = false;
    const rows = list.map((event) => {
      const { type, reason, involvedObject, message, metadata } = event;
      const cells = [
        seenText(event, ctx.client.nowMs),
        type,
        reason,
        `${involvedObject.kind}/${involvedObject.name}`,
        oneLine(message.trim()),
      ];
      return (isWithNamespace ? [metadata.namespace ?? '', ...cells] : cells).join('\t');
    });
    return alignTable([...header, ...rows], widths);
  };
}

const oneLine = (text: string): string => (/[\f\n\r]/.test(text) ? `${text.slice(0, text.search(/[\f\n\r]/))}...` : text);

function seenText({ eventTime, firstTimestamp, lastTimestamp, series, count }: AnyEvent, nowMs: number): string {
  const first = humanAge(eventTime ?? firstTimestamp, nowMs);
  if (series) return `${humanAge(series.lastObservedTime, nowMs)} (x${series.count} over ${first})`;
  return count > 1 ? `${humanAge(lastTimestamp, nowMs)} (x${count} over ${first})` : first;
}
