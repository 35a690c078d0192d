// A line of a lesson's text, with `code` and **stress** in it; code that is a backtick stands between two of them.

export interface Span {
  readonly mark: 'code' | 'stress' | undefined;
  readonly text: string;
}

export function spansOf(line: string): readonly Span[] {
  return line
    .split(/(`` .+? ``|`[^`]+`|\*\*[^*]+\*\*)/)
    .filter((part) => part !== '')
    .map(spanOf);
}

/** For a place that shows nothing but letters. */
export function withoutMarks(text: string): string {
  return spansOf(text)
    .map((span) => span.text)
    .join('');
}

function spanOf(part: string): Span {
  if (part.startsWith('`` ')) return { mark: 'code', text: part.slice(3, -3) };
  if (part.startsWith('`')) return { mark: 'code', text: part.slice(1, -1) };
  if (part.startsWith('**')) return { mark: 'stress', text: part.slice(2, -2) };
  return { mark: undefined, text: part };
}
