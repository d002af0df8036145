import { Injectable } from '@nestjs/common';
import { readingOf } from '../../gathering/file-reading';
import type { DossierPart, PageMark } from '../../pdf';
import type { AppealContent, AppealDocument, NumberedPlace } from './appeal-content';
import { slipInWords } from './appeal-words';
import type { DossierParts, Section } from './dossier-parts';

const REASON = 'The file for an appeal body is put together.';

/** Where a place stands: which part of the dossier, and the page in it from 0. */
export interface PlacedMark {
  place: NumberedPlace;
  document: AppealDocument;
  part: DossierPart;
  page: number;
}

/** The documents of an appeal file: unredacted and framed, or as the citizen got them with the opened places framed. */
@Injectable()
export class DocumentParts {
  async of(content: AppealContent, parts: DossierParts): Promise<{ section: Section; marks: PlacedMark[] }> {
    const section: Section = { title: 'Dokumenterne', entries: [], isListed: true };
    const marks: PlacedMark[] = [];
    for (const document of content.documents) {
      const own: DossierPart[] = [];
      for (const [index, each] of document.files.entries()) {
        const number = document.files.length > 1 ? `, fil ${index + 1}` : '';
        const made = await this.fileOf(content, parts, document, each, `Dokument ${document.row.position}${number}`);
        own.push(made.part);
        marks.push(...made.marks);
      }
      if (own.length === 0) own.push(await this.slip(parts, document, null, false));
      section.entries.push({ title: `${document.row.position}. ${document.title}`, parts: own });
    }
    return { section, marks };
  }

  private async fileOf(
    { appeal }: AppealContent,
    parts: DossierParts,
    document: AppealDocument,
    { file, places, recording }: AppealDocument['files'][number],
    stamp: string,
  ): Promise<{ part: DossierPart; marks: PlacedMark[] }> {
    const isShown = (place: NumberedPlace): boolean => appeal.extent === 'all' || appeal.opened.includes(place.id);
    const { whole } = document;
    const isUnredacted = appeal.extent === 'all' || (whole !== null && isShown(whole));
    const address = isUnredacted ? file.pdfKey : whole === null ? file.redactedKey : null;
    if (address === null) {
      const part = await this.slip(parts, document, recording?.medium ?? null, !isUnredacted && whole !== null);
      // A document without pages is numbered all the same: the list of places has a line for it.
      return { part, marks: whole && isShown(whole) ? [{ place: whole, document, part, page: 0 }] : [] };
    }
    const part = await parts.fromVault(address, readingOf(file, REASON), stamp);
    if (whole) {
      part.marks = onEveryPage(part.pages, {
        number: whole.number,
        label: `Hele dokumentet: ${whole.label}`,
        boxes: [],
      });
      return { part, marks: [{ place: whole, document, part, page: 0 }] };
    }
    const shown = places.filter(isShown);
    part.marks = byPage(shown);
    const marks = shown.map((place) => ({ place, document, part, page: place.redaction?.page ?? 0 }));
    return { part, marks };
  }

  private slip(
    parts: DossierParts,
    document: AppealDocument,
    medium: 'audio' | 'video' | null,
    isWithheldHere: boolean,
  ): Promise<DossierPart> {
    const rows = [
      ...(document.whole ? [{ label: 'Holdt tilbage efter', value: document.whole.citation }] : []),
      ...document.files.flatMap(({ file }) =>
        file.sha256 ? [{ label: 'Kontroltal (SHA-256)', value: file.sha256 }] : [],
      ),
    ];
    const page = {
      title: `Dokument ${document.row.position}`,
      rows,
      text: slipInWords(document, medium, isWithheldHere),
    };
    return parts.page(page, `Dokument ${document.row.position}`);
  }
}

function byPage(places: NumberedPlace[]): Record<string, PageMark[]> {
  const marks: Record<string, PageMark[]> = {};
  for (const { number, label, redaction } of places)
    if (redaction) (marks[String(redaction.page)] ??= []).push({ number, label, boxes: redaction.boxes });
  return marks;
}

function onEveryPage(pages: number, mark: PageMark): Record<string, PageMark[]> {
  return Object.fromEntries(Array.from({ length: pages }, (_, page) => [String(page), [mark]]));
}
