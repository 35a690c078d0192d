// What is wrong in a scenario or lesson file, or with what it asks for.
import type { Mistake } from '../i18n/mistakes.ts';

/** Its message is English, for programs; a page tells the mistake in its own language. */
export class ScenarioError extends Error {
  readonly mistake: Mistake | undefined;

  constructor(message: string, mistake?: Mistake) {
    super(message);
    this.mistake = mistake;
  }
}
