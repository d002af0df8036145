import type { ReadingDocument, ReadingPage, ReadingVersion } from './reading-model';
import { pageText } from './reading-text';

/**
 * The version in parts of at most so many letters, in its order: divided at the borders of documents, and at pages where one
 * document alone is longer. A page that is longer stands alone. A version that is short enough comes back as it is.
 */
export function divideReading(version: ReadingVersion, mostLetters: number): ReadingVersion[] {
  const parts: ReadingDocument[][] = [[]];
  let left = mostLetters;
  for (const document of version.documents) {
    const letters = lettersOf(document.pages);
    if (letters > left) left = begun(parts, mostLetters);
    if (letters <= left) {
      parts[parts.length - 1]?.push(document);
      left -= letters;
      continue;
    }
    for (const pages of runsOf(document.pages, mostLetters)) {
      left = begun(parts, mostLetters);
      parts[parts.length - 1]?.push(pieceOf(document, pages));
      left -= lettersOf(pages);
    }
  }
  if (parts.length === 1) return [version];
  return parts.map((documents, index) => ({
    ...version,
    title: `${version.title}, del ${index + 1} af ${parts.length}`,
    documents,
  }));
}

/** Begins a part unless the last one is empty; the letters that it has room for. */
function begun(parts: ReadingDocument[][], room: number): number {
  if ((parts[parts.length - 1]?.length ?? 0) > 0) parts.push([]);
  return room;
}

function runsOf(pages: readonly ReadingPage[], most: number): ReadingPage[][] {
  const runs: ReadingPage[][] = [];
  let left = 0;
  for (const page of pages) {
    const letters = lettersOf([page]);
    const run = runs[runs.length - 1];
    if (run && letters <= left) run.push(page);
    else runs.push([page]);
    left = (run && letters <= left ? left : most) - letters;
  }
  return runs;
}

function pieceOf(document: ReadingDocument, pages: ReadingPage[]): ReadingDocument {
  const [isFirst, isLast] = [pages[0] === document.pages[0], pages.at(-1) === document.pages.at(-1)];
  const words = [
    ...(isFirst ? [] : ['Fortsat fra den forrige del.']),
    ...(isLast ? [] : ['Fortsættes i den næste del.']),
  ];
  return { ...document, pages, about: [document.about, ...words].join(' ') };
}

function lettersOf(pages: readonly ReadingPage[]): number {
  return pages.reduce((sum, page) => sum + pageText(page).length, 0);
}
