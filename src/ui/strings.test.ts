// Every word that a person sees comes from the catalogues of i18n: no component, no player and no drawing writes one down.
import { readdirSync, readFileSync } from 'node:fs';
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';

/** The names of keys, of Podarium and of a resource, and the head of ps, read the same in every language. */
const SAME = /^(Enter|Esc|K|PID|`|Podarium:?|cpu,?)$/;
/** What is said of a component that stands in the wrong place, to whoever wrote it. */
const OURS = /^this component stands in /;
/** Attributes and properties that are shown or read out. */
const SHOWN = new Set(['aria-label', 'aria-description', 'aria-roledescription', 'title', 'placeholder', 'alt']);
const SHOWN_PROPERTIES = new Set(['textContent', 'innerText', 'title', 'placeholder', 'alt', 'ariaLabel', 'ariaDescription']);

type Tree = Readonly<Record<string, unknown>> & { readonly type: string };

/** All words that the code shows by itself. */
function wordsIn(code: string, name = 'code.tsx'): string[] {
  const found: string[] = [];
  visit(parseSync(name, code).program, (node) => {
    const { type } = node;
    if (type === 'JSXText') found.push(String(node['value']));
    else if (type === 'JSXExpressionContainer') found.push(...(isShown(node) ? literalsOf(node['expression']) : []));
    else if (type === 'JSXAttribute' && SHOWN.has(nameOf(node['name']))) found.push(...literalsOf(node['value']));
    else if (type === 'AssignmentExpression' && SHOWN_PROPERTIES.has(nameOf((node['left'] as Tree)['property'])))
      found.push(...literalsOf(node['right']));
    else if (type === 'CallExpression') found.push(...literalsOfCall(node));
    else if (type === 'NewExpression' && nameOf(node['callee']).endsWith('Error')) found.push(...sentencesOf(node));
  });
  return found.map((text) => text.trim()).filter((text) => /[A-Za-z가-힣]{2}/.test(text) && !SAME.test(text));
}

/** The child of an element, not the value of one of its attributes; those are asked by their names. */
const children = new WeakSet<object>();
const isShown = (node: Tree) => children.has(node);

/** Functions that draw, show or read out their first argument. */
const SAYING = new Set(['caption', 'notify', 'announce', 'say']);

/** `setAttribute('title', …)` and those. */
function literalsOfCall({ callee, arguments: given }: Tree): string[] {
  const [first, second] = given as readonly Tree[];
  const called = nameOf((callee as Tree)['property'] ?? callee);
  if (called === 'setAttribute' && SHOWN.has(String(first?.['value']))) return literalsOf(second);
  return SAYING.has(called) ? literalsOf(first) : [];
}

/** What is thrown may be shown; an attribute or a format has no language. */
function sentencesOf({ arguments: given }: Tree): string[] {
  return (given as readonly Tree[]).flatMap(literalsOf).filter((text) => /[a-z] [a-z]/.test(text) && !OURS.test(text));
}

/** The texts that an expression may come to, as far as they are written down in it. */
function literalsOf(value: unknown): string[] {
  const node = value as Tree | null | undefined;
  switch (node?.type) {
    case 'Literal':
      return typeof node['value'] === 'string' ? [node['value']] : [];
    case 'TemplateLiteral':
      return (node['quasis'] as readonly { readonly value: { readonly raw: string } }[]).map((each) => each.value.raw);
    case 'ConditionalExpression':
      return [...literalsOf(node['consequent']), ...literalsOf(node['alternate'])];
    case 'LogicalExpression':
      return [...literalsOf(node['left']), ...literalsOf(node['right'])];
    case 'JSXExpressionContainer':
      return literalsOf(node['expression']);
    default:
      return [];
  }
}

function nameOf(value: unknown): string {
  return String((value as Tree | undefined)?.['name'] ?? '');
}

function visit(value: unknown, on: (node: Tree) => void): void {
  if (Array.isArray(value)) for (const each of value) visit(each, on);
  else if (typeof value === 'object' && value !== null) {
    const node = value as Tree;
    if (node.type === 'JSXElement' || node.type === 'JSXFragment') for (const child of node['children'] as object[]) children.add(child);
    if (typeof node.type === 'string') on(node);
    for (const each of Object.values(node)) visit(each, on);
  }
}

const files = ['ui', 'embed', 'scene', 'session'].flatMap((folder) =>
  readdirSync(`src/${folder}`, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/.test(name) && !/\.test\.ts|\/test[A-Z]|^test[A-Z]/.test(name))
    .map((name) => `src/${folder}/${name}`),
);

describe('the components, the player, the drawing and the session', () => {
  it('are found', () => expect(files.length).toBeGreaterThan(150));

  it.each(files)('%s writes no word down', (file) => {
    expect(wordsIn(readFileSync(file, 'utf8'), file)).toEqual([]);
  });

  it('would be caught', () => {
    expect(wordsIn('<p>Hello there</p>')).toEqual(['Hello there']);
    expect(wordsIn('<p>{isOn ? "Now on" : `off ${x}`}</p>')).toEqual(['Now on', 'off']);
    expect(wordsIn('<button aria-label="Close it" className="quiet" />')).toEqual(['Close it']);
    expect(wordsIn('<button title={isOpen ? "Close it" : m.open} />')).toEqual(['Close it']);
    expect(wordsIn('button.setAttribute("aria-label", "Close it"); line.textContent = "Done"; line.className = "done";')).toEqual([
      'Close it',
      'Done',
    ]);
    expect(wordsIn('throw new Error(`no lesson is called ${id}`); throw new Error(`lesson=${id}`);')).toEqual(['no lesson is called']);
    expect(wordsIn('session.notify("It is gone"); announce(x ? "gone" : m.there);')).toEqual(['It is gone', 'gone']);
    expect(wordsIn('caption("wants three", 0, 0, face)')).toEqual(['wants three']);
    expect(wordsIn('<span className="kbd">Enter</span> // <p>no</p>')).toEqual([]);
  });
});
