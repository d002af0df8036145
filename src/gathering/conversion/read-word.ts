import mammoth from 'mammoth';
import type { ConversionNotes } from './conversion-note';
import { UnreadableFile } from './conversion-result';
import { htmlBlocks } from './html-blocks';
import { wordBodyText, wordHeadersAndFooters } from './office-extras';
import type { Archive } from './read-archive';
import { plainText, type ReadingBlock, type ReadingPicture } from './reading-block';
import { writeArchive } from './write-archive';

function letters(text: string): number {
  return text.replace(/\s/g, '').length;
}

/** The text of the body alone, a paragraph a line. */
function bareText(body: string): ReadingBlock[] {
  const lines = body.split('\n').filter((line) => line.trim() !== '');
  return lines.map((text) => ({ kind: 'paragraph', text }));
}

/** Reads a Word document as blocks: headings, paragraphs, tables, notes, page headers and footers, pictures apart. */
export async function readWord(
  archive: Archive,
  notes: ConversionNotes,
): Promise<{ blocks: ReadingBlock[]; pictures: ReadingPicture[] }> {
  const body = wordBodyText(archive);
  const around = wordHeadersAndFooters(archive);
  const html = await mammoth.convertToHtml({ buffer: writeArchive(archive) }).then(
    ({ value }) => value,
    () => undefined,
  );
  if (html === undefined) {
    if (body.trim() === '') throw new UnreadableFile('damaged', 'Dokumentets tekst kan ikke læses.');
    return { blocks: [...bareText(body), ...around], pictures: [] };
  }
  const { blocks, pictures } = htmlBlocks(html, notes);
  const all = [...blocks, ...around];
  // The reader of Word files passes over constructions it does not know. Then the bare text is given as well.
  if (letters(plainText(all)) < letters(body) * 0.995) {
    all.push({ kind: 'heading', level: 2, text: 'Hele dokumentets tekst uden opstilling' }, ...bareText(body));
  }
  return { blocks: all, pictures };
}
