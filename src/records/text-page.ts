import { createHash } from 'node:crypto';
import type { RecordsFile } from '../contracts';

export interface TextPage {
  title: string;
  /** Date, author and the like: one line below the title. */
  facts?: (string | undefined)[];
  /** Labels and values that the system keeps apart, in order. */
  fields?: [label: string, value: string][];
  /** Running text, as HTML or as plain text. */
  html?: string;
  text?: string;
}

/**
 * An HTML page of something that a system holds as data and not as a file (a journal note, a form, a task), with its
 * title, date and author: they are part of the record. The same data give the same bytes.
 */
export function textPage({ title, facts = [], fields = [], html, text }: TextPage): Buffer {
  const line = facts.filter((fact) => fact !== undefined).map(escaped);
  const rows = fields.map(([label, value]) => `<dt>${escaped(label)}</dt><dd>${lines(value)}</dd>`);
  const parts = [
    `<h1>${escaped(title)}</h1>`,
    ...(line.length > 0 ? [`<p>${line.join(', ')}</p>`] : []),
    ...(rows.length > 0 ? [`<dl>\n${rows.join('\n')}\n</dl>`] : []),
    ...(html === undefined ? [] : [html]),
    ...(text === undefined ? [] : [`<p>${lines(text)}</p>`]),
  ];
  const head = `<head><meta charset="utf-8"><title>${escaped(title)}</title></head>`;
  return Buffer.from(`<!DOCTYPE html>\n<html lang="da">${head}<body>\n${parts.join('\n')}\n</body></html>\n`);
}

/** The entry of a page in its document's list of files. */
export function pageFile(sourceFileId: string, page: Buffer): RecordsFile {
  const sha256 = createHash('sha256').update(page).digest('hex');
  return { sourceFileId, name: `${sourceFileId}.html`, mediaType: 'text/html', size: page.length, sha256 };
}

function lines(text: string): string {
  return escaped(text).replace(/\r?\n/g, '<br>');
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
