import { closeSync, openSync, writeSync } from 'node:fs';
import { PDFContext, PDFName, PDFPageLeaf, type PDFDict, type PDFObject, type PDFRef } from 'pdf-lib';
import type { PageTarget } from './page-target';

/** Pages under one node of the tree: readers find a page in few steps. */
const PAGES_A_NODE = 100;

interface Node {
  ref: PDFRef;
  kids: PDFRef[];
}

/** What a catalogue names besides the pages, and the document's information. */
interface Besides {
  entries: Record<string, PDFObject>;
  info: PDFRef;
}

/** A PDF that is written page by page, so that its size does not decide how much memory it takes. */
export class GrowingPdf implements PageTarget {
  readonly context = PDFContext.create();
  private readonly file: number;
  private readonly root = this.context.nextRef();
  private readonly nodes: Node[] = [];
  private readonly offsets: number[] = [];
  private length = 0;
  pages = 0;
  /** The page that was added last, until it is flushed. */
  lastPage: PDFPageLeaf | undefined;

  constructor(path: string) {
    this.file = openSync(path, 'w', 0o600);
    // The second line tells programs that the file is not text (ISO 32000-1, 7.5.2).
    this.add(Buffer.from('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n', 'latin1'));
  }

  newPage(): PDFPageLeaf {
    let node = this.nodes.at(-1);
    if (!node || node.kids.length === PAGES_A_NODE) {
      node = { ref: this.context.nextRef(), kids: [] };
      this.nodes.push(node);
    }
    const leaf = PDFPageLeaf.withContextAndParent(this.context, node.ref);
    node.kids.push(this.context.register(leaf));
    this.pages += 1;
    this.lastPage = leaf;
    return leaf;
  }

  /** Takes back the page that was added last and everything it brought. Only before {@link flush}. */
  dropPage(): void {
    for (const [ref] of this.context.enumerateIndirectObjects()) this.context.delete(ref);
    this.nodes.at(-1)?.kids.pop();
    this.pages -= 1;
  }

  /** Writes what was added so far. Nothing that was added may change after this. */
  flush(): void {
    for (const [ref, object] of this.context.enumerateIndirectObjects()) {
      this.writeObject(ref, object);
      this.context.delete(ref);
    }
  }

  /** @param besides makes what the catalogue names, given every page */
  finish(besides?: (context: PDFContext, pages: PDFRef[]) => Besides): void {
    this.flush();
    const { entries = {}, info } =
      besides?.(
        this.context,
        this.nodes.flatMap(({ kids: own }) => own),
      ) ?? {};
    this.flush();
    for (const { ref, kids } of this.nodes) {
      this.writeObject(ref, this.context.obj({ Type: 'Pages', Parent: this.root, Kids: kids, Count: kids.length }));
    }
    const kids = this.nodes.map((node) => node.ref);
    this.writeObject(this.root, this.context.obj({ Type: 'Pages', Kids: kids, Count: this.pages }));
    const catalog = this.context.nextRef();
    const named = this.context.obj({ Type: 'Catalog', Pages: this.root }) as PDFDict;
    for (const [name, value] of Object.entries(entries)) named.set(PDFName.of(name), value);
    this.writeObject(catalog, named);
    this.writeTable(catalog, info);
    closeSync(this.file);
  }

  /** Leaves the file as it is; for when something failed. */
  abandon(): void {
    closeSync(this.file);
  }

  private writeObject(ref: PDFRef, object: PDFObject): void {
    this.offsets[ref.objectNumber] = this.length;
    const head = Buffer.from(`${ref.objectNumber} 0 obj\n`);
    const tail = Buffer.from('\nendobj\n');
    const size = object.sizeInBytes();
    const bytes = Buffer.alloc(head.length + size + tail.length);
    head.copy(bytes);
    object.copyBytesInto(bytes, head.length);
    tail.copy(bytes, head.length + size);
    this.add(bytes);
  }

  private writeTable(catalog: PDFRef, info?: PDFRef): void {
    const start = this.length;
    const size = this.context.largestObjectNumber + 1;
    const rows = ['0000000000 65535 f '];
    for (let number = 1; number < size; number++) {
      const offset = this.offsets[number];
      rows.push(offset === undefined ? '0000000000 65535 f ' : `${String(offset).padStart(10, '0')} 00000 n `);
    }
    const trailer = this.context.obj({ Size: size, Root: catalog, ...(info ? { Info: info } : {}) });
    this.add(
      Buffer.from(`xref\n0 ${size}\n${rows.join('\n')}\ntrailer\n${trailer.toString()}\nstartxref\n${start}\n%%EOF\n`),
    );
  }

  private add(bytes: Buffer): void {
    for (let at = 0; at < bytes.length;) at += writeSync(this.file, bytes, at);
    this.length += bytes.length;
  }
}
