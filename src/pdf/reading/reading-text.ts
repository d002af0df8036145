import type { ReadingLine, ReadingPage, ReadingPiece, ReadingVersion } from './reading-model';

/** Stands where words were that a decision keeps: no term runs across it. */
const KEPT_ELSEWHERE = '\n————————\n';

/** The version without the words that a stored decision keeps: what is left may hold none of the removed texts. */
export function withoutKept(version: ReadingVersion): ReadingVersion {
  const line = (runs: ReadingLine): ReadingLine =>
    runs.map((run) => (run.isKept ? { ...run, text: KEPT_ELSEWHERE } : run));
  return mapLines(version, line);
}

/** Everything that the version says, in its order, for the search of terms. */
export function readingText(version: ReadingVersion): string {
  const parts: string[] = [version.title, version.municipality, version.caseNumber];
  for (const document of version.documents) {
    parts.push(document.number, document.title, document.about);
    for (const page of document.pages) for (const piece of page.pieces) parts.push(pieceText(piece));
  }
  return parts.join('\n');
}

/** Everything that one page says, a line a piece; the cells of a table's row are parted by ` | `. */
export function pageText(page: ReadingPage): string {
  return page.pieces.map(pieceText).join('\n');
}

function pieceText(piece: ReadingPiece): string {
  const plain = (runs: ReadingLine): string => runs.map((run) => run.text).join('');
  if (piece.kind === 'picture') return '';
  if (piece.kind === 'list') return piece.items.map(plain).join('\n');
  if (piece.kind === 'table') return piece.rows.map((row) => row.map(plain).join(' | ')).join('\n');
  return plain(piece.runs);
}

function mapLines(version: ReadingVersion, line: (runs: ReadingLine) => ReadingLine): ReadingVersion {
  const piece = (each: ReadingPiece): ReadingPiece => {
    if (each.kind === 'picture') return each;
    if (each.kind === 'list') return { ...each, items: each.items.map(line) };
    if (each.kind === 'table') return { ...each, rows: each.rows.map((row) => row.map(line)) };
    return { ...each, runs: line(each.runs) };
  };
  const page = (each: ReadingPage): ReadingPage => ({ ...each, pieces: each.pieces.map(piece) });
  return {
    ...version,
    documents: version.documents.map((document) => ({ ...document, pages: document.pages.map(page) })),
  };
}
