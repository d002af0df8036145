import { PDFString, PDFHexString, type PDFDict } from 'pdf-lib';
import sharp from 'sharp';
import type { VerifyOptions } from '../../src/pdf';
import { bytesOf, BOX, finishedPdf, name, SECRET, type Finished } from './finished-pdf';

/** A leak in a finished file that one check alone finds. */
export interface Plant {
  check: string;
  what: string;
  plant(file: Finished): void | Promise<void>;
  /** What is done to the bytes afterwards. */
  after?(bytes: Buffer): Buffer;
  options?(): Partial<VerifyOptions> | Promise<Partial<VerifyOptions>>;
}

const dict = (file: Finished, entries: Record<string, unknown>): PDFDict =>
  file.pdf.context.obj(entries as never) as unknown as PDFDict;
const content = (file: Finished, operators: string): void => {
  const stream = file.pdf.context.register(file.pdf.context.stream(operators));
  file.page.node.addContentStream(stream);
};

/** The words of a picture: what a scanner leaves. */
/** A scan that says so. */
export async function pictureOf(text: string): Promise<Buffer> {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="1000"><rect width="1200" height="1000" fill="white"/><text x="60" y="200" font-family="DejaVu Sans" font-size="60">Notat om ${text} i dag</text></svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

export const PLANTS: readonly Plant[] = [
  {
    check: 'readable',
    what: 'a redaction box on a page that is not there',
    plant: () => undefined,
    options: () => ({ boxes: { '0': [BOX], '7': [BOX] } }),
  },
  {
    check: 'page-text',
    what: 'a number in an encoding of its own',
    plant: (file) => {
      const differences = [65, 'one', 'two', 'zero', 'three', 'eight', 'four', 'hyphen'].map((each) =>
        typeof each === 'number' ? each : name(each),
      );
      const font = dict(file, {
        Type: 'Font',
        Subtype: 'Type1',
        BaseFont: 'Helvetica',
        Encoding: dict(file, { Type: 'Encoding', Differences: differences }),
      });
      file.page.node.setFontDictionary(name('Odd'), file.pdf.context.register(font));
      content(file, `BT /Odd 12 Tf 72 500 Td ${[...'ABCDEEGABDF'].map((letter) => `(${letter}) Tj`).join(' ')} ET`);
    },
  },
  {
    check: 'text-under-boxes',
    what: 'a word that nobody sees where something was removed',
    plant: (file) => {
      file.page.node.setFontDictionary(
        name('F'),
        file.pdf.context.register(dict(file, { Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' })),
      );
      content(file, 'BT /F 10 Tf 3 Tr 302 566 Td (rester) Tj ET');
    },
    options: () => ({ boxes: { '0': [BOX, [300, 560, 400, 580]] } }),
  },
  {
    check: 'covered-text',
    what: 'live text under a bar that is in no list',
    plant: (file) => {
      file.write('en hel linje', 72, 400);
      file.page.drawRectangle({ x: 70, y: 396, width: 120, height: 16 });
    },
  },
  {
    check: 'annotations',
    what: 'one word of a removed name in a note',
    plant: (file) =>
      file.page.node.set(
        name('Annots'),
        file.pdf.context.obj([
          dict(file, {
            Type: 'Annot',
            Subtype: 'Text',
            Rect: [9, 9, 20, 20],
            Contents: PDFString.of('talt med Mette'),
          }),
        ]),
      ),
  },
  {
    check: 'structure-text',
    what: 'one word of a removed name in an alternate text',
    plant: (file) => {
      const { context } = file.pdf;
      const root = context.register(dict(file, { Type: 'StructTreeRoot' }));
      const element = context.register(
        dict(file, { Type: 'StructElem', S: 'Figure', P: root, Pg: file.page.ref, K: 0, Alt: PDFString.of('Mette') }),
      );
      const tree = context.lookup(root) as PDFDict;
      tree.set(name('K'), element);
      tree.set(name('ParentTree'), dict(file, { Nums: [0, [element]] }));
      file.pdf.catalog.set(name('StructTreeRoot'), root);
      file.pdf.catalog.set(name('MarkInfo'), dict(file, { Marked: true }));
      file.page.node.set(name('StructParents'), context.obj(0));
      content(file, '/Figure << /MCID 0 >> BDC 500 100 5 5 re f EMC');
    },
  },
  {
    check: 'box-pixels',
    what: 'letters as lines where something was removed',
    plant: (file) => content(file, '0 G 2 w 310 563 m 320 577 l 330 563 l 340 577 l S'),
    options: () => ({ boxes: { '0': [BOX, [300, 560, 400, 580]] } }),
  },
  {
    check: 'picture-outside',
    what: 'a drawing that was not on the page before',
    plant: (file) => content(file, '0.2 0.2 0.8 rg 300 300 60 60 re f'),
    options: async () => ({ original: await bytesOf(await finishedPdf()) }),
  },
  {
    check: 'original',
    what: 'a page that was not in the file before',
    plant: (file) => void file.pdf.addPage([595, 842]),
    options: async () => ({ original: await bytesOf(await finishedPdf()) }),
  },
  {
    check: 'ocr',
    what: 'a number in the picture of a scanned page',
    plant: async (file) => {
      const picture = await file.pdf.embedPng(await pictureOf(SECRET));
      file.page.drawImage(picture, { x: 0, y: 0, width: 595, height: 600 });
    },
    options: () => ({ boxes: {}, reading: 'scans' }),
  },
  {
    check: 'metadata',
    what: 'one word of a removed name as the author',
    plant: (file) => {
      file.pdf.context.trailerInfo.Info = file.pdf.context.register(dict(file, { Author: PDFString.of('Mette') }));
    },
  },
  {
    check: 'navigation',
    what: 'a page label whose number completes the text',
    plant: (file) => {
      const label = dict(file, { P: PDFString.of('120388-12'), St: 34, S: 'D' });
      file.pdf.catalog.set(name('PageLabels'), dict(file, { Nums: [0, label] }));
    },
  },
  {
    check: 'attachments',
    what: 'a file in the file',
    plant: (file) => {
      const { context } = file.pdf;
      const inner = context.register(context.stream(new Uint8Array([1, 2, 3]), { Type: 'EmbeddedFile' }));
      const spec = context.register(
        dict(file, { Type: 'Filespec', F: PDFString.of('fil.bin'), EF: dict(file, { F: inner }) }),
      );
      file.pdf.catalog.set(
        name('Names'),
        dict(file, { EmbeddedFiles: dict(file, { Names: [PDFString.of('fil'), spec] }) }),
      );
    },
  },
  {
    check: 'form-values',
    what: 'the value of a form field',
    plant: (file) => {
      const field = file.pdf.context.register(
        dict(file, {
          Type: 'Annot',
          Subtype: 'Widget',
          FT: 'Tx',
          T: PDFString.of('felt'),
          V: PDFString.of('udfyldt'),
          Rect: [9, 9, 90, 20],
        }),
      );
      file.page.node.set(name('Annots'), file.pdf.context.obj([field]));
      file.pdf.catalog.set(name('AcroForm'), dict(file, { Fields: [field] }));
    },
  },
  {
    check: 'scripts',
    what: 'a program',
    plant: (file) =>
      file.pdf.catalog.set(name('OpenAction'), dict(file, { S: 'JavaScript', JS: PDFString.of('app.alert(1)') })),
  },
  {
    check: 'layers',
    what: 'text in a layer that is switched off',
    plant: (file) => {
      const layer = file.pdf.context.register(dict(file, { Type: 'OCG', Name: PDFString.of('lag') }));
      file.pdf.catalog.set(
        name('OCProperties'),
        dict(file, { OCGs: [layer], D: dict(file, { OFF: [layer], Order: [layer] }) }),
      );
      file.page.node.Resources()?.set(name('Properties'), dict(file, { L: layer }));
      file.page.node.setFontDictionary(
        name('F'),
        file.pdf.context.register(dict(file, { Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica' })),
      );
      content(file, '/OC /L BDC BT /F 12 Tf 72 300 Td (ikke vist) Tj ET EMC');
    },
  },
  {
    check: 'structure',
    what: 'bytes behind the end',
    plant: () => undefined,
    after: (bytes) => Buffer.concat([bytes, Buffer.from('glemt')]),
  },
  {
    check: 'unreachable-objects',
    what: 'an object that nothing refers to',
    plant: (file) => void file.pdf.context.register(dict(file, { Note: PDFString.of('forladt') })),
  },
  {
    check: 'private-data',
    what: 'what a program left for itself',
    plant: (file) => file.page.node.set(name('PieceInfo'), dict(file, { Program: dict(file, { Private: 1 }) })),
  },
  {
    check: 'object-text',
    what: 'a number, backwards and in two bytes a letter, in an entry that nobody reads',
    plant: (file) => file.page.node.set(name('Eget'), PDFHexString.fromText([...SECRET].reverse().join(''))),
  },
  {
    check: 'unpainted-text',
    what: 'a number in a form that nothing paints',
    plant: (file) => {
      const form = file.pdf.context.stream(`BT (${SECRET}) Tj ET`, {
        Type: 'XObject',
        Subtype: 'Form',
        BBox: [0, 0, 9, 9],
      });
      file.page.node.setXObject(name('Ubrugt'), file.pdf.context.register(form));
    },
  },
];
