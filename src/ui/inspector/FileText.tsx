// What a file holds, in a box that scrolls.

/** More than this is not read on a page. */
const TEXT_MAX = 20_000;

export function FileText({ path, text }: { readonly path: string; readonly text: string }) {
  return (
    // Scrolls, so it must be reachable by keyboard.
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className="inside-text" tabIndex={0} aria-label={path}>
      {text.slice(0, TEXT_MAX)}
    </pre>
  );
}
