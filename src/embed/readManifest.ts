// The manifest of a world in a document: it stands in the attribute itself, or at an address that may hold anything or never answer.
import type { FailureMessages } from '../i18n/language.ts';
import { failure } from './failure.ts';

/** What a document may ask a reader's browser to fetch. */
const LENGTH_MAX = 1_000_000;
const WAIT_MS = 20_000;

type Reason = (words: FailureMessages) => string;

/** Throws what the reader is told: the address, and what is wrong with it. */
export async function readManifest(given: string, language: string): Promise<string> {
  if (/\n|:\s/.test(given)) return given;
  const found = await fetchText(given);
  if (typeof found !== 'string') throw await failure(language, found);
  return found;
}

/** The text at an address, or why there is none. */
async function fetchText(given: string): Promise<string | Reason> {
  const address = given.slice(0, 100);
  try {
    const url = new URL(given, document.baseURI);
    const response = await fetch(url, { credentials: 'omit', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(WAIT_MS) });
    if (!response.ok) return (words) => words.status(address, response.status);
    const text = await readText(response, address);
    return typeof text === 'string' && /^\s*<(!doctype|html)/i.test(text) ? (words) => words.page(address) : text;
  } catch (error) {
    const isSlow = error instanceof DOMException && error.name === 'TimeoutError';
    return (words) => (isSlow ? words.tooSlow(address, WAIT_MS / 1000) : words.notReached(address));
  }
}

/** What is wrong with it is said as soon as that shows. */
async function readText({ body }: Response, address: string): Promise<string | Reason> {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  const reader = body?.getReader();
  let text = '';
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    try {
      text += decoder.decode(value, { stream: !done });
    } catch {
      await reader?.cancel();
      return (words) => words.notText(address);
    }
    if (done) return text;
    if (text.length > LENGTH_MAX) {
      await reader?.cancel();
      return (words) => words.tooLarge(address, LENGTH_MAX / 1_000_000);
    }
  }
}
