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

/** Reads a Word document as blocks: headings, paragraphs, tables, notes, page headers and footers, pictures apart. */
export async function readWord(
  archive: Archive,
  notes: ConversionNotes,
): Promise<{ blocks: ReadingBlock[]; pictures: ReadingPicture[] }> {
  const { value: html } = await mammoth.convertToHtml({ buffer: writeArchive(archive) }).catch(() => {
    throw new UnreadableFile('damaged', 'Dokumentets tekst kan ikke læses.');
  });
  const { blocks, pictures } = htmlBlocks(html, notes);
  const all = [...blocks, ...wordHeadersAndFooters(archive)];
  // The reader of Word files passes over constructions it does not know. Then the bare text is given as well.
  const body = wordBodyText(archive);
  if (letters(plainText(all)) < letters(body) * 0.995) {
    all.push({ kind: 'heading', level: 2, text: 'Hele dokumentets tekst uden opstilling' });
    all.push(
      ...body
        .split('\n')
        .map((text) => ({ kind: 'paragraph' as const, text }))
        .filter(({ text }) => text.trim()),
    );
  }
  return { blocks: all, pictures };
}
