// What a language brings: catalogues, each loaded when something is shown that says its words.
import type { embedEn } from './en/embed.ts';
import type { failuresEn } from './en/failures.ts';
import type { importedEn } from './en/imported.ts';
import type { insideEn } from './en/inside.ts';
import type { learnEn } from './en/learn.ts';
import type { pageEn } from './en/page.ts';
import type { sceneEn } from './en/scene.ts';
import type { whyEn } from './en/why.ts';

/** The page's own. As with every catalogue, a language that leaves out a string does not compile. */
export type Messages = typeof pageEn;

/** On the stage: a part of the page's. */
export type SceneWords = typeof sceneEn;

/** Of lessons, course and classroom. */
export type LearnMessages = typeof learnEn;

/** Of panels that say why. */
export type WhyMessages = typeof whyEn;

/** For clusters that ran elsewhere. */
export type ImportedMessages = typeof importedEn;

/** Inside a pod. */
export type InsideMessages = typeof insideEn;

/** Of a world in a document. */
export type EmbedMessages = typeof embedEn;

/** Of one that could not be loaded. */
export type FailureMessages = typeof failuresEn;

export interface Language {
  readonly code: string;
  /** Its own name for itself. */
  readonly label: string;
  load(): Promise<Messages>;
  loadScene(): Promise<SceneWords>;
  loadLearn(): Promise<LearnMessages>;
  loadWhy(): Promise<WhyMessages>;
  loadImported(): Promise<ImportedMessages>;
  loadInside(): Promise<InsideMessages>;
  loadEmbed(): Promise<EmbedMessages>;
  loadFailures(): Promise<FailureMessages>;
}
