import { deflateSync } from 'node:zlib';

/** For tests only: PDFs that no program would write. An object: its dictionary, and the data of a stream. */
export interface RawObject {
  dict: string;
  data?: Buffer | string;
}

export interface RawPage {
  content: string;
  /** Further entries of the page dictionary. */
  page?: string;
  /** Entries of /Resources beside the font /F1 (Helvetica, object 3). */
  resources?: string;
}

/**
 * Writes a PDF byte by byte. Objects 1 to 3 are catalog, page tree and font; `objects` follow from number 4, then the pages.
 */
export function rawPdf(pages: RawPage[], objects: RawObject[] = [], catalog = ''): Buffer {
  const firstPage = 4 + objects.length;
  const kids = pages.map((_, index) => `${firstPage + index * 2} 0 R`).join(' ');
  const all: RawObject[] = [
    { dict: `<</Type/Catalog/Pages 2 0 R${catalog}>>` },
    { dict: `<</Type/Pages/Kids[${kids}]/Count ${pages.length}>>` },
    { dict: '<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>' },
    ...objects,
    ...pages.flatMap(({ content, page = '', resources = '' }, index) => [
      {
        dict: `<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 3 0 R>>${resources}>>/Contents ${firstPage + index * 2 + 1} 0 R${page}>>`,
      },
      { dict: '<<>>', data: content },
    ]),
  ];
  return assemble(all);
}

function assemble(objects: RawObject[]): Buffer {
  const parts: Buffer[] = [Buffer.from('%PDF-1.7\n')];
  const offsets: number[] = [];
  let length = parts[0].length;
  const add = (part: Buffer | string) => {
    const bytes = typeof part === 'string' ? Buffer.from(part, 'latin1') : part;
    parts.push(bytes);
    length += bytes.length;
  };
  objects.forEach(({ dict, data }, index) => {
    offsets.push(length);
    const bytes = typeof data === 'string' ? Buffer.from(data, 'latin1') : data;
    const head = bytes ? dict.replace(/>>$/, `/Length ${bytes.length}>>`) : dict;
    add(`${index + 1} 0 obj\n${head}\n`);
    if (bytes) {
      add('stream\n');
      add(bytes);
      add('\nendstream\n');
    }
    add('endobj\n');
  });
  const table = length;
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  add(`xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${rows}`);
  add(`trailer\n<</Size ${objects.length + 1}/Root 1 0 R>>\nstartxref\n${table}\n%%EOF\n`);
  return Buffer.concat(parts);
}

/** A picture XObject of one byte a sample; `sample` gives each pixel's samples. */
export function rawImage(
  size: { width: number; height: number },
  entries: string,
  sample: (x: number, y: number) => number[],
): RawObject {
  const rows: number[] = [];
  for (let y = 0; y < size.height; y++) for (let x = 0; x < size.width; x++) rows.push(...sample(x, y));
  const dict = `<</Type/XObject/Subtype/Image/Width ${size.width}/Height ${size.height}/BitsPerComponent 8/Filter/FlateDecode${entries}>>`;
  return { dict, data: deflateSync(Buffer.from(rows)) };
}
