// As much of Markdown as our own documents use: headings, paragraphs, lists, tables, fenced code, `code` and **stress**.
import { Words } from './words.tsx';

interface Block {
  readonly type: 'heading' | 'code' | 'table' | 'list' | 'paragraph';
  readonly lines: readonly string[];
}

export function Markdown({ text }: { readonly text: string }) {
  // The document's own title is that of the dialog.
  const blocks = blocksOf(text).filter(({ type, lines }) => type !== 'heading' || !lines[0]?.startsWith('# '));
  return (
    <div className="markdown">
      {blocks.map((block, i) => (
        // oxlint-disable-next-line react/no-array-index-key
        <BlockView key={i} block={block} />
      ))}
    </div>
  );
}

function BlockView({ block: { type, lines } }: { readonly block: Block }) {
  switch (type) {
    case 'heading':
      return <h3>{lines.join(' ').replace(/^#+ /, '')}</h3>;
    case 'code':
      return <Code text={lines.join('\n')} />;
    case 'table':
      return <Table rows={lines.map((line) => line.split('|').slice(1, -1))} />;
    case 'list':
      return (
        <ul>
          {itemsOf(lines).map((item) => (
            <li key={item}>
              <Words text={item} />
            </li>
          ))}
        </ul>
      );
    case 'paragraph':
      return (
        <p>
          <Words text={lines.join(' ')} />
        </p>
      );
  }
}

/** What is wider than the page is moved with the arrow keys. */
function Code({ text }: { readonly text: string }) {
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex
    <pre className="mono" tabIndex={0}>
      {text}
    </pre>
  );
}

/** The second row is the rule under the head. */
function Table({ rows: [head = [], , ...rows] }: { readonly rows: readonly (readonly string[])[] }) {
  return (
    <table>
      <thead>
        <tr>
          {head.map((cell) => (
            <th key={cell} scope="col">
              <Words text={cell.trim()} />
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.join()}>
            {row.map((cell) => (
              <td key={cell}>
                <Words text={cell.trim()} />
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const FENCE = '```';

export function blocksOf(text: string): readonly Block[] {
  const blocks: Block[] = [];
  let lines: string[] = [];
  const end = (type = typeOf(lines)): void => {
    if (lines.length > 0) blocks.push({ type, lines });
    lines = [];
  };
  let isCode = false;
  for (const line of text.split('\n')) {
    if (line.startsWith(FENCE)) {
      end(isCode ? 'code' : undefined);
      isCode = !isCode;
    } else if (!isCode && line.trim() === '') end();
    else lines.push(line);
  }
  end();
  return blocks;
}

function typeOf([first = '']: readonly string[]): Block['type'] {
  if (first.startsWith('#')) return 'heading';
  if (first.startsWith('|')) return 'table';
  return first.startsWith('- ') ? 'list' : 'paragraph';
}

/** A line that is indented goes on with the item before it. */
function itemsOf(lines: readonly string[]): readonly string[] {
  return lines
    .join('\n')
    .split(/^- /m)
    .slice(1)
    .map((item) => item.replaceAll(/\s+/g, ' ').trim());
}
