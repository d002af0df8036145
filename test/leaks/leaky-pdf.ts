import { deflateSync } from 'node:zlib';
import type { Random } from './random';

type Kind = 'Font' | 'XObject' | 'Pattern' | 'ExtGState' | 'Properties' | 'ColorSpace';

/** A PDF under construction in which anything can be hidden. Page 1 shows calm text in a standard font. */
export class LeakyPdf {
  readonly catalogue: string[] = [];
  readonly page: string[] = [];
  readonly trailer: string[] = [];
  readonly content: string[] = ['BT /F1 12 Tf 72 760 Td (Notat om et roligt forl\\370b) Tj ET'];
  readonly resources: Record<Kind, string[]> = {
    Font: ['/F1 5 0 R'],
    XObject: [],
    Pattern: [],
    ExtGState: [],
    Properties: [],
    ColorSpace: [],
  };
  readonly annotations: string[] = [];
  readonly names: string[] = [];
  /** Raw bytes between two objects, and behind the end. */
  readonly between: string[] = [];
  readonly after: string[] = [];
  /** Objects that are packed into an object stream. */
  readonly packed: Set<number> = new Set();
  private readonly objects: (Buffer | undefined)[] = [];
  private line = 730;

  /** The number of a new object. */
  add(body: string | Buffer): number {
    this.objects.push(Buffer.from(body as string, 'latin1'));
    return this.objects.length + 5;
  }

  addStream(data: string | Buffer, entries = '', random?: Random): number {
    return this.add(stream(Buffer.from(data as string, 'latin1'), entries, random));
  }

  /** The height of the next free line on the page. */
  nextLine(): number {
    this.line -= 24;
    return this.line;
  }

  bytes(): Buffer {
    const all = new Map<number, Buffer>();
    this.objects.forEach((body, i) => all.set(i + 6, body as Buffer));
    const refs = (list: string[]): string => list.join(' ');
    const kinds = Object.entries(this.resources).map(([kind, list]) => `/${kind} << ${refs(list)} >>`);
    const names = this.names.length > 0 ? `/Names << ${refs(this.names)} >>` : '';
    const annotations = this.annotations.length > 0 ? `/Annots [${refs(this.annotations)}]` : '';
    all.set(1, Buffer.from(`<< /Type /Catalog /Pages 2 0 R ${names} ${refs(this.catalogue)} >>`, 'latin1'));
    all.set(2, Buffer.from('<< /Type /Pages /Kids [3 0 R] /Count 1 >>'));
    const page = `<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources << ${kinds.join(' ')} >> ${annotations} ${refs(this.page)} >>`;
    all.set(3, Buffer.from(page, 'latin1'));
    all.set(4, stream(Buffer.from(this.content.join('\n'), 'latin1'), ''));
    all.set(5, Buffer.from('<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>'));
    return this.packed.size > 0 ? this.withObjectStream(all) : this.withTable(all);
  }

  private withTable(all: Map<number, Buffer>): Buffer {
    const { parts, offsets, size } = this.bodies(all);
    const count = Math.max(...all.keys()) + 1;
    const rows = Array.from(
      { length: count - 1 },
      (_, i) => `${String(offsets.get(i + 1) ?? 0).padStart(10, '0')} 00000 n \n`,
    );
    const end = `xref\n0 ${count}\n0000000000 65535 f \n${rows.join('')}trailer\n<< /Size ${count} /Root 1 0 R ${this.trailer.join(' ')} >>\nstartxref\n${size()}\n%%EOF\n`;
    return Buffer.concat([...parts, Buffer.from(end + this.after.join(''), 'latin1')]);
  }

  /** As of PDF 1.5: some objects packed, the table a stream. */
  private withObjectStream(all: Map<number, Buffer>): Buffer {
    const inside = [...this.packed].map((number) => [number, all.get(number) as Buffer] as const);
    for (const [number] of inside) all.delete(number);
    const container = Math.max(...all.keys(), ...this.packed) + 1;
    let at = 0;
    const heads = inside.map(([number, body]) => {
      const head = `${number} ${at}`;
      at += body.length + 1;
      return head;
    });
    const head = Buffer.from(`${heads.join(' ')} `);
    const body = Buffer.concat([head, ...inside.flatMap(([, one]) => [one, Buffer.from('\n')])]);
    all.set(container, flate(body, `/Type /ObjStm /N ${inside.length} /First ${head.length}`));
    const { parts, offsets, size } = this.bodies(all);
    const table = container + 1;
    const rows = Array.from({ length: table + 1 }, (_, number) => {
      const packedAt = inside.findIndex(([one]) => one === number);
      if (packedAt >= 0) return row(2, container, packedAt);
      if (number === table) return row(1, size(), 0);
      return offsets.has(number) ? row(1, offsets.get(number) as number, 0) : row(0, 0, 0);
    });
    const entries = `/Type /XRef /Size ${table + 1} /W [1 4 2] /Root 1 0 R ${this.trailer.join(' ')}`;
    const xref = flate(Buffer.concat(rows), entries);
    const end = `\nendobj\nstartxref\n${size()}\n%%EOF\n${this.after.join('')}`;
    return Buffer.concat([...parts, Buffer.from(`${table} 0 obj\n`), xref, Buffer.from(end, 'latin1')]);
  }

  private bodies(all: Map<number, Buffer>): { parts: Buffer[]; offsets: Map<number, number>; size: () => number } {
    const parts: Buffer[] = [Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1')];
    const offsets = new Map<number, number>();
    let length = (parts[0] as Buffer).length;
    const push = (part: Buffer): void => {
      parts.push(part);
      length += part.length;
    };
    for (const [number, body] of [...all].sort(([a], [b]) => a - b)) {
      offsets.set(number, length);
      push(Buffer.concat([Buffer.from(`${number} 0 obj\n`), body, Buffer.from('\nendobj\n')]));
      const left = number === 4 ? this.between.join('') : '';
      if (left !== '') push(Buffer.from(left, 'latin1'));
    }
    return { parts, offsets, size: () => length };
  }
}

function row(kind: number, first: number, second: number): Buffer {
  const bytes = Buffer.alloc(7);
  bytes.writeUInt8(kind, 0);
  bytes.writeUInt32BE(first, 1);
  bytes.writeUInt16BE(second, 5);
  return bytes;
}

/** A stream, as it is or through one of the filters. */
export function stream(data: Buffer, entries: string, random?: Random): Buffer {
  const filter = random?.whole(0, 3) ?? 0;
  if (filter === 1) return flate(data, entries);
  if (filter === 2) return plain(Buffer.from(`${data.toString('hex')}>`), `${entries} /Filter /ASCIIHexDecode`);
  if (filter === 3) {
    const hex = Buffer.from(`${deflateSync(data).toString('hex')}>`);
    return plain(hex, `${entries} /Filter [/ASCIIHexDecode /FlateDecode]`);
  }
  return plain(data, entries);
}

function flate(data: Buffer, entries: string): Buffer {
  return plain(deflateSync(data), `${entries} /Filter /FlateDecode`);
}

function plain(data: Buffer, entries: string): Buffer {
  return Buffer.concat([
    Buffer.from(`<< /Length ${data.length} ${entries} >>\nstream\n`, 'latin1'),
    data,
    Buffer.from('\nendstream'),
  ]);
}
