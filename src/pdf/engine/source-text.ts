import { PDFHexString, PDFName, PDFStream, PDFString, type PDFContext, type PDFObject } from 'pdf-lib';
import { decodeStream } from './decode-stream';

/** A text value of the document (string, name or stream) as one can read it; empty when it is none. */
export function readable(value: PDFObject | undefined, context: PDFContext): string {
  const found = value ? context.lookup(value) : undefined;
  if (found instanceof PDFString || found instanceof PDFHexString) return decoded(found);
  if (found instanceof PDFName) return found.decodeText();
  if (found instanceof PDFStream) return plainText(decodeStream(found));
  return '';
}

function decoded(value: PDFString | PDFHexString): string {
  try {
    return value.decodeText();
  } catch {
    return value.asString();
  }
}

/** Markup (XMP, rich text) without its tags. */
export function plainText(markup: string): string {
  return Buffer.from(markup, 'latin1')
    .toString('utf8')
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim();
}
