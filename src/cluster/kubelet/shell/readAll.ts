// All text of a program's files, or of its input, for programs that need the whole of it.
import type { Call, Outcome } from './call.ts';

/** The text; otherwise what the program must return: it waits for more, or a file could not be read. */
export function readAll(call: Call, files: readonly string[]): string | Outcome {
  if (files.length > 0 && files[0] !== '-') {
    const texts = files.map((file) => call.read(file));
    return texts.includes(undefined) ? 1 : texts.join('');
  }
  const memory = call.remember(() => ({ text: '' }));
  const input = call.takeInput();
  if (input) memory.text += input.text;
  call.hold(memory.text.length);
  return input?.isAtEnd ? memory.text : call.inputWait;
}
