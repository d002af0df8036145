import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const STYLE = `@page { size: 21cm 29.7cm; margin: 2.2cm 2.2cm 2.4cm 2.4cm }
body { font-family: 'DejaVu Sans', sans-serif; font-size: 11.5pt; }
h1, h2 { font-family: 'DejaVu Sans', sans-serif } h1 { font-size: 17pt } h2 { font-size: 13pt; margin-top: 14pt }
p { margin-bottom: 8pt; line-height: 170% } td { border: 1px solid #888; padding: 3pt; font-size: 10.5pt }`;

/** Closer lines, for what is scanned: a picture holds one page. */
const TIGHT = 'p { line-height: 112%; font-size: 10.5pt }';

/**
 * The small markup of `texts/` as an HTML page: `# ` and `## ` are headings, `| a | b |` is a row, `---` begins a new page,
 * `[[name]]` is a block of standard text, and single line breaks are kept.
 */
export function htmlPage(markup: string, texts: string, tight = false): string {
  const whole = markup.replace(/^\[\[(\w+)\]\]$/gm, (_, name: string) =>
    readFileSync(join(texts, 'blocks', `${name}.txt`), 'utf8').trim(),
  );
  const title = /^# (.+)$/m.exec(whole)?.[1] ?? whole.trim().split('\n')[0];
  const body = whole
    .split(/\n---\n/)
    .map((page) => blocks(page).map(blockHtml).join('\n'))
    .join('\n<p style="page-break-before: always; margin: 0"></p>\n');
  return `<!DOCTYPE html>\n<html lang="da"><head><meta charset="utf-8"><title>${escaped(title)}</title><style>${STYLE}${tight ? TIGHT : ''}</style></head><body>\n${body}\n</body></html>\n`;
}

/** Runs of lines that belong together: headings alone, rows together, other lines up to an empty one. */
function blocks(page: string): string[][] {
  const found: string[][] = [];
  let kind = '';
  for (const line of page.split('\n')) {
    const now = line.startsWith('#') ? 'heading' : line.startsWith('|') ? 'row' : line.trim() ? 'text' : '';
    if (now && (now !== kind || now === 'heading')) found.push([line]);
    else if (now) found.at(-1)?.push(line);
    kind = now;
  }
  return found;
}

function blockHtml(lines: string[]): string {
  const [first] = lines;
  if (first.startsWith('## ')) return `<h2>${escaped(first.slice(3))}</h2>`;
  if (first.startsWith('# ')) return `<h1>${escaped(first.slice(2))}</h1>`;
  if (first.startsWith('|')) return `<table>${lines.map(row).join('')}</table>`;
  return `<p>${lines.map(escaped).join('<br>\n')}</p>`;
}

function row(line: string): string {
  const cells = line.split('|').slice(1, -1);
  return `<tr>${cells.map((cell) => `<td>${escaped(cell.trim())}</td>`).join('')}</tr>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\t/g, ' &nbsp; ');
}
