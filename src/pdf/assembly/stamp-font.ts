import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fontkit from '@pdf-lib/fontkit';
import { StandardFonts, type PDFDocument, type PDFFont, type StandardFontEmbedder } from 'pdf-lib';

/** What a font must be able to do to write a stamp. */
export type Letters = Pick<PDFFont, 'encodeText' | 'widthOfTextAtSize'>;

export type Writing = Pick<StampFont, 'encode' | 'width'>;

/** A font that can write any text: what it has no letter for becomes a question mark, never an error. */
export class StampFont<Font extends Letters = PDFFont> {
  private readonly known = new Map<string, { code: string; width: number }>();

  constructor(
    readonly font: Font,
    private readonly writable: (letter: string) => boolean = () => true,
  ) {}

  /** A hexadecimal string of PDF, brackets included. */
  encode(text: string): string {
    return `<${[...text].map((letter) => this.of(letter).code).join('')}>`;
  }

  /** In points. */
  width(text: string, size: number): number {
    return [...text].reduce((sum, letter) => sum + this.of(letter).width, 0) * size;
  }

  /** Laying out text is what stamping costs, and stamps have few different letters. */
  private of(letter: string): { code: string; width: number } {
    const known = this.known.get(letter);
    if (known) return known;
    const written = this.writable(letter) ? letter : '?';
    const code = this.font.encodeText(written).asString();
    const fresh = { code, width: this.font.widthOfTextAtSize(written, 1) };
    this.known.set(letter, fresh);
    return fresh;
  }
}

/** IBM Plex Sans of Det Fælles Designsystem; Helvetica when its files are not there. */
export async function embedStampFont(target: PDFDocument): Promise<StampFont> {
  const bytes = await fontFile();
  if (bytes) {
    target.registerFontkit(fontkit);
    const font = await target.embedFont(bytes, { subset: true, features: { liga: false } });
    return new StampFont(font);
  }
  return fallbackFont(await target.embedFont(StandardFonts.Helvetica));
}

/** Helvetica, which every reader has, outside a document of pdf-lib's. */
export function helvetica(font: StandardFontEmbedder): Writing {
  const letters = new Set(font.encoding.supportedCodePoints);
  return new StampFont(font, (letter) => letters.has(letter.codePointAt(0) ?? 0));
}

/** Writes with a font that has the WinAnsi letters only. */
export function fallbackFont(font: PDFFont): StampFont {
  const letters = new Set(font.getCharacterSet());
  return new StampFont(font, (letter) => letters.has(letter.codePointAt(0) ?? 0));
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
