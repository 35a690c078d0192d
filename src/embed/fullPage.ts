// Where a world in a document goes on: the full page, at the same moment of the same run.
import type { Session } from '../session/session.ts';
import { writeLink } from '../session/shareLink.ts';

export function fullPage(home: URL, session: Session): string {
  return new URL(writeLink(session).link, home).href;
}
