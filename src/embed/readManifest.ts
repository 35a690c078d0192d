// The manifest of a world in a document: it stands in the attribute itself, or at an address that may hold anything or never answer.

/** What a document may ask a reader's browser to fetch. */
const LENGTH_MAX = 1_000_000;
const WAIT_MS = 20_000;

/** Throws what the reader is told: the address, and what is wrong with it. */
export async function readManifest(given: string): Promise<string> {
  if (/\n|:\s/.test(given)) return given;
  try {
    const address = new URL(given, document.baseURI);
    const response = await fetch(address, { credentials: 'omit', referrerPolicy: 'no-referrer', signal: AbortSignal.timeout(WAIT_MS) });
    if (!response.ok) throw new Error(String(response.status));
    const text = await readText(response);
    if (/^\s*<(!doctype|html)/i.test(text)) throw new Error('HTML');
    return text;
  } catch (error) {
    throw new Error(`${given.slice(0, 100)}: ${error instanceof Error ? error.message : ''}`);
  }
}

/** No more of it than may be. */
async function readText({ body }: Response): Promise<string> {
  const decoder = new TextDecoder();
  const reader = body?.getReader();
  let text = '';
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > LENGTH_MAX) {
      await reader?.cancel();
      throw new Error(`> ${LENGTH_MAX / 1_000_000} MB`);
    }
  }
}
