// A YAML editor on CodeMirror 6, loaded with the first panel that shows it. It takes the text once per `documentId`, tells every
// change, and shows the mistakes that `check` finds as one types. Colours are the product's tokens. It stands in a shadow root of its own, where its
// styles are adopted sheets: in the page they would be inline styles, which the page's policy forbids.
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { yaml } from '@codemirror/lang-yaml';
import { bracketMatching, foldGutter, HighlightStyle, indentOnInput, syntaxHighlighting } from '@codemirror/language';
import { type Diagnostic, linter, lintGutter, lintKeymap } from '@codemirror/lint';
import { highlightSelectionMatches, searchKeymap } from '@codemirror/search';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { useEffect, useLayoutEffect, useRef } from 'react';

/** A mistake in the text, on a line counted from 1. */
export interface Mistake {
  readonly line: number;
  readonly text: string;
}

export interface YamlEditorProps {
  /** A new id replaces the text in the editor; the same id keeps what was typed. */
  readonly documentId: string;
  readonly text: string;
  readonly label: string;
  readonly isReadOnly?: boolean;
  readonly check: (text: string) => readonly Mistake[];
  readonly onChange: (text: string) => void;
  /** Ctrl or ⌘ with Enter. */
  readonly onApply: () => void;
}

const theme = EditorView.theme({
  '&': { height: '100%', backgroundColor: 'var(--panel)', color: 'var(--ink)', fontSize: '12px' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '19px' },
  '.cm-gutters': { backgroundColor: 'var(--panel)', color: 'var(--ink3)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { backgroundColor: 'color-mix(in srgb, var(--sunk) 60%, transparent)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)', borderLeftWidth: '2px' },
  '&.cm-focused': { outline: '2px solid var(--ink)', outlineOffset: '-2px' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { backgroundColor: 'var(--line) !important' },
  '.cm-tooltip': { backgroundColor: 'var(--panel)', color: 'var(--ink)', border: '1px solid var(--edge)', borderRadius: '6px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--ink)', color: 'var(--panel)' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--alarm)', fontFamily: 'var(--font)' },
  '.cm-lintRange-error': { backgroundImage: 'none', textDecoration: 'underline wavy var(--alarm)' },
  '.cm-lint-marker-error': { content: '"×"', color: 'var(--alarm)', fontWeight: '600' },
  '.cm-panels': { backgroundColor: 'var(--panel)', color: 'var(--ink)', borderColor: 'var(--line)' },
});

const colours = HighlightStyle.define([
  { tag: [tags.definition(tags.propertyName), tags.propertyName], color: 'var(--ink)' },
  { tag: [tags.string, tags.content], color: 'var(--ink2)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--ink)', fontWeight: '600' },
  { tag: tags.comment, color: 'var(--ink3)', fontStyle: 'italic' },
  { tag: [tags.separator, tags.punctuation], color: 'var(--ink3)' },
]);

function toDiagnostics(view: EditorView, mistakes: readonly Mistake[]): Diagnostic[] {
  return mistakes.map(({ line, text }) => {
    const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
    return { from: at.from + (/^\s*/.exec(at.text)?.[0].length ?? 0), to: at.to, severity: 'error', message: text };
  });
}

/** The editor. Uncontrolled in between documents, as CodeMirror wants it. */
export function YamlEditor({ documentId, text, label, isReadOnly = false, check, onChange, onApply }: YamlEditorProps) {
  const host = useRef<HTMLDivElement>(null);
  // The latest callbacks, so that a new one does not rebuild the editor.
  const calls = useRef({ check, onChange, onApply });
  const initial = useRef(text);
  useLayoutEffect(() => {
    calls.current = { check, onChange, onApply };
    initial.current = text;
  });

  useEffect(() => {
    if (!host.current) return;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    const view = new EditorView({
      parent: root,
      root,
      state: EditorState.create({
        doc: initial.current,
        extensions: [
          lineNumbers(),
          foldGutter(),
          history(),
          drawSelection(),
          indentOnInput(),
          bracketMatching(),
          closeBrackets(),
          autocompletion(),
          highlightActiveLine(),
          highlightSelectionMatches(),
          yaml(),
          syntaxHighlighting(colours),
          lintGutter(),
          linter((current) => toDiagnostics(current, calls.current.check(current.state.doc.toString())), { delay: 250 }),
          theme,
          EditorState.readOnly.of(isReadOnly),
          // Scrolls, so it must be reachable by keyboard also where nothing can be typed.
          EditorView.contentAttributes.of({ 'aria-label': label, tabindex: '0' }),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) calls.current.onChange(update.state.doc.toString());
          }),
          keymap.of([
            {
              key: 'Mod-Enter',
              run: () => {
                calls.current.onApply();
                return true;
              },
            },
            ...closeBracketsKeymap,
            ...defaultKeymap,
            ...historyKeymap,
            ...searchKeymap,
            ...completionKeymap,
            ...lintKeymap,
            // Tab indents, so that YAML can be typed; Escape then Tab leaves the editor, as CodeMirror provides.
            indentWithTab,
          ]),
        ],
      }),
    });
    return () => view.destroy();
  }, [documentId, label, isReadOnly]);

  return <div ref={host} className="yaml-editor" />;
}
