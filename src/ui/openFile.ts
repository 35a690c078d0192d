// Opening what is pasted or dropped: a saved world, the text of a cluster, or manifests to apply.
import { languages } from '../i18n/index.ts';
import type { Messages } from '../i18n/language.ts';
import { looksLikeDump } from '../kube/looksLikeDump.ts';
import type { Session } from '../session/session.ts';
import type { Overlays } from './hooks.tsx';

const MANIFEST_LENGTH_MAX = 10_000_000;
const FILES_LENGTH_MAX = 250_000_000;

/** Shows a cluster, or applies a text as a manifest, or says why it is not even read. */
export function openText(text: string, session: Session, m: Messages, open: Overlays['open']): void {
  if (looksLikeDump(text)) return open({ type: 'cluster', text });
  if (text.length > MANIFEST_LENGTH_MAX) return session.notify(m.paste.tooLarge((text.length / 1e6).toFixed(1)), { isError: true });
  session.paste(text);
}

/** Several files become one text; a saved world stands for itself. */
export async function openFiles(files: readonly File[], session: Session, m: Messages, open: Overlays['open']): Promise<void> {
  const [first] = files;
  if (!first) return;
  const { isWorldFile } = await import('../session/worldLink.ts');
  if (await isWorldFile(first)) return openWorldFile(first, session, m);
  const size = files.reduce((sum, file) => sum + file.size, 0);
  if (size > FILES_LENGTH_MAX) return session.notify(m.paste.tooLarge((size / 1e6).toFixed(1)), { isError: true });
  const texts = await Promise.all(files.map((file) => file.text()));
  if (texts.some((text) => text.includes('\u0000'))) return session.notify(m.paste.notText, { isError: true });
  const text = texts.join('\n---\n');
  if (text.trim() !== '') openText(text, session, m, open);
}

async function openWorldFile(file: File, session: Session, m: Messages): Promise<void> {
  const [{ readFile }, { isSameWorld }] = await Promise.all([import('../session/worldLink.ts'), import('../session/mark.ts')]);
  const link = await readFile(
    file,
    languages.map(({ code }) => code),
  );
  if (link.failure) return session.notify(link.failure === 'damaged' ? m.paste.badFile : m.share[link.failure], { isError: true });
  await session.loadEngine();
  if (link.lesson) {
    const { openLesson } = await import('./lesson/openLesson.ts');
    await openLesson(session, link.lesson, link);
    return;
  }
  const { openWorld } = await import('../session/importing.ts');
  await openWorld(session, link);
  const { atMs = 0 } = link;
  await session.arrive(atMs);
  if (link.mark && !isSameWorld(session, link.mark, atMs)) session.notify(m.share.otherBuild(link.mark.build), { isError: true });
}
