// What the terminal notes beside commands, in words.
import type { Fault } from '../cluster/intents.ts';
import type { Messages } from '../i18n/language.ts';
import type { TerminalComment } from '../session/session.ts';

type Words = Messages['terminal']['comments'];

export function commentWords(comment: TerminalComment, words: Words): string {
  switch (comment.type) {
    case 'fault':
      return faultWords(comment.fault, words);
    case 'served':
      return words.served(comment.kinds.join(', '));
    case 'notSimulated': {
      const { part } = comment;
      if (part.type === 'kind') return words.kindNotSimulated(part.name);
      return words.notSimulated(part.type === 'celFunction' ? words.celFunction(part.name) : words[part.type]);
    }
  }
}

export function faultWords(fault: Fault, words: Words): string {
  switch (fault.type) {
    case 'failNode':
    case 'recoverNode':
    case 'removeNode':
      return words[fault.type](fault.name);
    case 'addNode':
      return words.addNode(fault.machine.name);
    case 'exitContainer':
      return words.exitContainer(fault.pod, fault.container, fault.exitCode);
    case 'fillMemory':
      return words.fillMemory(fault.pod, fault.container, `${Math.round(fault.bytes / 1048576)}Mi`);
    case 'load':
      return words.load(`${fault.kind.toLowerCase()}/${fault.name}`, `${fault.cpuMilli}m`);
    case 'runtime':
      return words.runtime;
    case 'send':
      return `GET ${fault.to}:${fault.port}${fault.path}`;
  }
}
