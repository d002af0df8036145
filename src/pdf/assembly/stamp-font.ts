import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fontkit from '@pdf-lib/fontkit';
import { StandardFonts, type PDFDocument, type PDFFont, type PDFHexString } from 'pdf-lib';

/** A font that can write any text: what it has no letter for becomes a question mark, never an error. */
export interface StampFont {
  font: PDFFont;
  encode(text: string): PDFHexString;
  width(text: string, size: number): number;
}

/** IBM Plex Sans of Det Fælles Designsystem; Helvetica when its files are not there. */
export async function embedStampFont(target: PDFDocument): Promise<StampFont> {
  const bytes = await fontFile();
  if (bytes) {
    target.registerFontkit(fontkit);
    const font = await target.embedFont(bytes, { subset: true, features: { liga: false } });
    return { font, encode: (text) => font.encodeText(text), width: (text, size) => font.widthOfTextAtSize(text, size) };
  }
  return fallbackFont(await target.embedFont(StandardFonts.Helvetica));
}

/** Writes with a font that has the WinAnsi letters only. */
export function fallbackFont(font: PDFFont): StampFont {
  const known = new Set(font.getCharacterSet());
  const writable = (text: string): string =>
    [...text].map((letter) => (known.has(letter.codePointAt(0) ?? 0) ? letter : '?')).join('');
  return {
    font,
    encode: (text) => font.encodeText(writable(text)),
    width: (text, size) => font.widthOfTextAtSize(writable(text), size),
  };
}

async function fontFile(): Promise<Uint8Array | undefined> {
  try {
    // The package exports its main file only, `dist/js/…`; the fonts lie beside it.
    const folder = dirname(require.resolve('dkfds'));
    return await readFile(join(folder, '../fonts/IBMPlexSans/complete/ttf/IBMPlexSans-Regular.ttf'));
  } catch {
    return undefined;
  }
}
