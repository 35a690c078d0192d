// Where a world in a document goes on: the full page, at the same moment of the same run, or at the same step of a lesson.
import type { Session } from '../session/session.ts';
import { writeWorld } from '../session/worldLink.ts';
import type { EmbedOptions } from './words.ts';

export async function fullPage(home: URL, session: Session, { lesson, step, language }: EmbedOptions): Promise<string> {
  if (lesson !== undefined) return new URL(`?${new URLSearchParams({ lesson, step: String(step), lang: language })}`, home).href;
  return new URL((await writeWorld(session, import.meta.env['BUILD'])).hash, home).href;
}
