// Where a world in a document goes on: the full page, at the same moment of the same run.
import type { Session } from '../session/session.ts';
import { writeWorld } from '../session/worldLink.ts';

export async function fullPage(home: URL, session: Session): Promise<string> {
  return new URL((await writeWorld(session, import.meta.env['BUILD'])).hash, home).href;
}
