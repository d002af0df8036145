import { createHash } from 'node:crypto';
import type { ReadingDocument, ReadingLine, ReadingPage, ReadingPiece, ReadingVersion } from './reading-model';
import { ABOUT, byLine, CONTENTS, NO_TEXT, pageNotes, pageTitle, PICTURE } from './reading-words';

const STYLE = `body{font:1.125rem/1.6 system-ui,sans-serif;max-width:46rem;margin:0 auto;padding:1rem;color:#1a1a1a;background:#fff}
h1,h2,h3,h4,h5{line-height:1.25}h2{border-top:2px solid #767676;padding-top:1.5rem;margin-top:3rem}h3{font-size:1rem;color:#454545;margin-top:2.5rem}
a{color:#0059b3}.om{color:#454545}.fjernet{background:#eee;border:1px solid #767676;padding:0 .2em}
.tabel{overflow-x:auto}table{border-collapse:collapse}th,td{border:1px solid #767676;padding:.3rem .5rem;text-align:left;vertical-align:top}
nav ol{padding-left:1.5rem}.spring{position:absolute;left:-9999px}.spring:focus{position:static}`;

/**
 * The reading version as one HTML file: no script, nothing fetched, its style allowed by its hash alone. The same version
 * gives the same bytes.
 */
export function writeReadingHtml(version: ReadingVersion): string {
  const policy = `default-src 'none'; style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'; base-uri 'none'; form-action 'none'`;
  return `<!doctype html>
<html lang="da">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>${escaped(version.title)}</title>
<style>${STYLE}</style>
</head>
<body>
<a class="spring" href="#dokumenter">Gå til dokumenterne</a>
<header>
<h1>${escaped(version.title)}</h1>
<p class="om">${escaped(byLine(version))}</p>
${ABOUT.map((sentence) => `<p>${sentence}</p>`).join('\n')}
</header>
<nav aria-labelledby="indhold">
<h2 id="indhold">${CONTENTS}</h2>
<ul>
${version.documents.map((document) => `<li><a href="#dokument-${escaped(document.number)}">${heading(document)}</a></li>`).join('\n')}
</ul>
</nav>
<main id="dokumenter">
${version.documents.map(documentHtml).join('\n')}
</main>
</body>
</html>
`;
}

function heading({ number, title }: ReadingDocument): string {
  return `Dokument ${escaped(number)}: ${escaped(title)}`;
}

function documentHtml(document: ReadingDocument): string {
  return `<article aria-labelledby="dokument-${escaped(document.number)}">
<h2 id="dokument-${escaped(document.number)}" tabindex="-1">${heading(document)}</h2>
<p class="om">${escaped(document.about)}</p>
${document.pages.map(pageHtml).join('\n')}
</article>`;
}

function pageHtml(page: ReadingPage): string {
  const notes = pageNotes(page).map((note) => `<p class="om">${escaped(note)}</p>`);
  const pieces = page.pieces.length > 0 ? page.pieces.map(pieceHtml) : [`<p>${NO_TEXT}</p>`];
  return [`<h3>${pageTitle(page)}</h3>`, ...notes, ...pieces].join('\n');
}

function pieceHtml(piece: ReadingPiece): string {
  switch (piece.kind) {
    case 'heading':
      return `<h4>${lineHtml(piece.runs)}</h4>`;
    case 'paragraph':
      return `<p>${lineHtml(piece.runs)}</p>`;
    case 'list':
      return `<ul>${piece.items.map((item) => `<li>${lineHtml(item)}</li>`).join('')}</ul>`;
    case 'table':
      return tableHtml(piece.rows, piece.hasHeader);
    case 'picture':
      return `<p class="om">${PICTURE}</p>`;
  }
}

function tableHtml(rows: ReadingLine[][], hasHeader: boolean): string {
  const row = (cells: ReadingLine[], cell: string): string =>
    `<tr>${cells.map((runs) => `<${cell}>${lineHtml(runs)}</${cell.split(' ')[0]}>`).join('')}</tr>`;
  const head = hasHeader ? `<thead>${row(rows[0], 'th scope="col"')}</thead>` : '';
  const body = rows.slice(hasHeader ? 1 : 0).map((cells) => row(cells, 'td'));
  return `<div class="tabel" role="group" tabindex="0" aria-label="Tabel med ${rows.length} rækker"><table>${head}<tbody>${body.join('')}</tbody></table></div>`;
}

function lineHtml(runs: ReadingLine): string {
  return runs
    .map(({ kind, text }) =>
      kind === 'removed' ? `<span class="fjernet">${escaped(text)}</span>` : escaped(text).replace(/\n/g, '<br>'),
    )
    .join('');
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (letter) => ENTITIES[letter]);
}
