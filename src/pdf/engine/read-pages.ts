import type { PageText, Word } from '../../contracts';
import { groupWords, readLetters } from './page-letters';
import { pageFrame } from './page-frame';
import type { OpenDocument } from './pdfium';

/**
 * The text of one page with the place of every word. White text, text under pictures, text of the page's hidden OCR layer
 * and text outside the page are read like any other. A page without a word is `unread` until OCR or a person has read it.
 */
export function readPage(document: OpenDocument, index: number): PageText {
  return document.withPage(index, (page) => {
    const frame = pageFrame(document, page);
    const words: Word[] = [];
    let text = '';
    for (const word of groupWords(readLetters(document, page))) {
      if (text !== '') text += word.startsLine ? '\n' : ' ';
      words.push({ text: word.text, start: text.length, end: text.length + word.text.length, box: word.box });
      text += word.text;
    }
    return { index, ...frame, text, words, reading: words.length > 0 ? 'text' : 'unread' };
  });
}
