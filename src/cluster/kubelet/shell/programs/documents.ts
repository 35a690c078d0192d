// Files as servers answer with them.
import { answerOf } from '../network.ts';
import { own } from '../own.ts';
import type { HttpAnswer, HttpRequest } from '../world.ts';

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html',
  htm: 'text/html',
  txt: 'text/plain',
  css: 'text/css',
  js: 'text/javascript',
  json: 'application/json',
};

/** The kind of a file by its name's ending. */
export function typeOf(path: string): string {
  return own(TYPES, path.slice(path.lastIndexOf('.') + 1)) ?? 'application/octet-stream';
}

/** A file as it is served; who asks for its head alone gets all but the text. */
export function documentAnswer({ method }: HttpRequest, text: string, path: string): HttpAnswer {
  const whole = answerOf(200, text, typeOf(path));
  return method === 'HEAD' ? { ...whole, body: '' } : whole;
}
