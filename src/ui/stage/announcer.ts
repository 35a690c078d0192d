// Says what happens to those who listen: at most one sentence a second, the gravest of what happened or else the last, the rest as a
// count.
import type { Change } from '../../kube/meta.ts';
import type { Sentence } from '../../scene/happenings.ts';

const PAUSE_MS = 1000;

/** How a change is told, if it is; and how many were told at once. */
export interface Telling {
  sentenceFor(change: Change): Sentence | undefined;
  eventCount(count: number): string;
}

export class Announcer {
  private readonly region: HTMLElement;
  private saidSeq = -1;
  private nextMs = 0;

  constructor(region: HTMLElement) {
    this.region = region;
  }

  /** `nowMs` is the screen's clock. Going back in time is not an event. */
  hear(changes: readonly Change[], seq: number, isPlaying: boolean, nowMs: number, telling: Telling): void {
    if (!isPlaying || this.saidSeq < 0 || seq < this.saidSeq) this.saidSeq = seq;
    if (seq === this.saidSeq || nowMs < this.nextMs) return;
    const sentences: Sentence[] = [];
    for (let i = this.saidSeq; i < seq && sentences.length < 200; i++) {
      const sentence = telling.sentenceFor(changes[i] as Change);
      if (sentence) sentences.push(sentence);
    }
    this.saidSeq = seq;
    const told = sentences.findLast(({ isGrave }) => isGrave) ?? sentences.at(-1);
    if (told === undefined) return;
    this.nextMs = nowMs + PAUSE_MS;
    this.region.textContent = sentences.length === 1 ? told.text : `${told.text} ${telling.eventCount(sentences.length)}`;
  }
}
