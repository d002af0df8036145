import { readFileSync } from 'node:fs';
import { deflateSync } from 'node:zlib';
import {
  PDFArray,
  PDFDict,
  PDFHexString,
  PDFName,
  PDFNumber,
  PDFRawStream,
  type PDFRef,
  PDFString,
  StandardFontEmbedder,
  StandardFonts,
  type PDFContext,
  type PDFObject,
  type PDFPageLeaf,
} from 'pdf-lib';
import type { Bookmark } from '../assembly/outline';
import { writeOutline } from '../assembly/outline';
import { helvetica, type Writing } from '../assembly/stamp-font';
import { GrowingPdf } from './growing-pdf';
import { drawMarks, MARK_FONT, type PageMark, type SeenPage } from './marked-page';
import { PageBuilder, resourceList } from './page-builder';
import { openLazily } from './page-source';

/** Pages of one file, one after another. */
export interface DossierPart {
  path: string;
  pages: number;
  /** Below every page, at the left: "Dokument 4". */
  stamp: string;
  /** By page of the file, from 0. */
  marks?: Record<string, PageMark[]>;
}

export interface DossierPlan {
  parts: DossierPart[];
  title: string;
  author: string;
  /** ISO 8601. The same plan gives the same bytes. */
  createdAt: string;
  /** Pages from 1. */
  bookmarks: Bookmark<number>[];
  /** Files inside the file, byte for byte. */
  attachments: { name: string; path: string; mediaType: string; description: string }[];
  out: string;
}

/** Joins clean files into one with frames, stamps, bookmarks and attached files, page by page. */
export async function joinDossier(plan: DossierPlan): Promise<{ pages: number }> {
  const target = new GrowingPdf(plan.out);
  const known = new Map<string, PDFRef>();
  const writing = helvetica(StandardFontEmbedder.for(StandardFonts.Helvetica as never));
  const font = target.context.register(
    target.context.obj({ Type: 'Font', Subtype: 'Type1', BaseFont: 'Helvetica', Encoding: 'WinAnsiEncoding' }),
  );
  const total = plan.parts.reduce((sum, { pages }) => sum + pages, 0);
  try {
    for (const part of plan.parts) addPart(target, part, { known, writing, font, total });
  } catch (error) {
    target.abandon();
    throw error;
  }
  target.finish((context, pages) => catalogOf(context, pages, plan));
  return { pages: target.pages };
}

interface Shared {
  known: Map<string, PDFRef>;
  writing: Writing;
  font: PDFRef;
  total: number;
}

function addPart(target: GrowingPdf, part: DossierPart, { known, writing, font, total }: Shared): void {
  const source = openLazily(part.path);
  try {
    const builder = new PageBuilder(source, target, { known, isClean: true });
    for (let index = 0; index < part.pages; index++) {
      builder.addPage(index);
      const stamp: [string, string] = [
        part.pages > 1 ? `${part.stamp}, side ${index + 1} af ${part.pages}` : part.stamp,
        `Side ${target.pages} af ${total}`,
      ];
      const drawn = drawMarks(seenPage(source.page(index)), part.marks?.[String(index)] ?? [], stamp, writing);
      const leaf = target.lastPage as PDFPageLeaf;
      wrap(target.context, leaf, drawn.before, drawn.after);
      leaf.set(PDFName.of('MediaBox'), target.context.obj(drawn.mediaBox));
      leaf.delete(PDFName.of('CropBox'));
      const resources = leaf.get(PDFName.of('Resources'));
      if (resources instanceof PDFDict)
        resourceList(resources, 'Font', target.context).set(PDFName.of(MARK_FONT), font);
      target.flush();
    }
  } finally {
    source.close();
  }
}

function wrap(context: PDFContext, leaf: PDFPageLeaf, before: string, after: string): void {
  const stream = (content: string): PDFRef => {
    const bytes = deflateSync(Buffer.from(content, 'latin1'));
    const dict = context.obj({ Filter: 'FlateDecode', Length: bytes.length }) as PDFDict;
    return context.register(PDFRawStream.of(dict, bytes));
  };
  const own = leaf.get(PDFName.of('Contents'));
  const list = own instanceof PDFArray ? own.asArray() : own ? [own] : [];
  leaf.set(PDFName.of('Contents'), context.obj([stream(before), ...list, stream(after)]));
}

/** The part of the page that a reader shows, from the source, whose objects are all there. */
function seenPage(page: PDFPageLeaf): SeenPage {
  const media = rectangle(page.MediaBox());
  const crop = page.CropBox() ? rectangle(page.CropBox() as PDFArray) : media;
  const [x0, y0] = [Math.max(media[0], crop[0]), Math.max(media[1], crop[1])];
  const [x1, y1] = [Math.min(media[2], crop[2]), Math.min(media[3], crop[3])];
  const [left, low, right, high] = x1 > x0 && y1 > y0 ? [x0, y0, x1, y1] : media;
  const turned = page.Rotate()?.asNumber() ?? 0;
  const rotation = ((((Math.round(turned / 90) * 90) % 360) + 360) % 360) as SeenPage['rotation'];
  return { x: left, y: low, width: right - left, height: high - low, rotation };
}

function rectangle(box: PDFArray): [number, number, number, number] {
  const { x, y, width, height } = box.asRectangle();
  return [x, y, x + width, y + height];
}

/** What the catalogue and the trailer name besides the pages. */
function catalogOf(context: PDFContext, pages: PDFRef[], plan: DossierPlan) {
  const date = PDFString.fromDate(new Date(plan.createdAt));
  const info = context.obj({ CreationDate: date, ModDate: date, Producer: PDFString.of('Aktindsigt') }) as PDFDict;
  info.set(PDFName.of('Title'), PDFHexString.fromText(plan.title));
  info.set(PDFName.of('Author'), PDFHexString.fromText(plan.author));
  const entries: Record<string, PDFObject> = {
    Lang: PDFString.of('da-DK'),
    PageMode: PDFName.of('UseOutlines'),
    ViewerPreferences: context.obj({ DisplayDocTitle: true }),
    Outlines: writeOutline(
      context,
      plan.bookmarks.map((bookmark) => onPage(bookmark, pages)),
    ),
  };
  if (plan.attachments.length > 0) entries['Names'] = context.obj({ EmbeddedFiles: embeddedFiles(context, plan) });
  return { entries, info: context.register(info) };
}

function onPage({ title, page, children }: Bookmark<number>, pages: PDFRef[]): Bookmark {
  return { title, page: pages[page - 1], children: children.map((child) => onPage(child, pages)) };
}

/** ISO 32000-1, 7.11.4. The list is sorted by name, as a name tree must be. */
function embeddedFiles(context: PDFContext, { attachments }: DossierPlan): PDFObject {
  const names = [...attachments]
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap(({ name, path, mediaType, description }) => {
      const content = readFileSync(path);
      const bytes = deflateSync(content);
      const dict = context.obj({
        ...{ Type: 'EmbeddedFile', Filter: 'FlateDecode', Length: bytes.length },
        Params: { Size: PDFNumber.of(content.length) },
      }) as PDFDict;
      dict.set(PDFName.of('Subtype'), PDFName.of(mediaType));
      const file = context.register(PDFRawStream.of(dict, bytes));
      const filespec = context.obj({ Type: 'Filespec', AFRelationship: 'Data', EF: { F: file, UF: file } }) as PDFDict;
      filespec.set(PDFName.of('F'), PDFString.of(name));
      filespec.set(PDFName.of('UF'), PDFHexString.fromText(name));
      filespec.set(PDFName.of('Desc'), PDFHexString.fromText(description));
      return [PDFHexString.fromText(name), context.register(filespec)];
    });
  return context.obj({ Names: names });
}
