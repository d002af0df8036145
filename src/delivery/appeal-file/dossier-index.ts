import { danishDay } from '../../law';
import type { Bookmark, DossierPart } from '../../pdf';
import type { AppealContent } from './appeal-content';
import { coverRows } from './appeal-words';
import type { PlacedMark } from './document-parts';
import { pagesOf, type Section } from './dossier-parts';

/** A line of the index. */
interface IndexLine {
  title: string;
  /** From 1, in the whole file. */
  page: number;
  isHeading: boolean;
}

/** Data of `klagesag.typ`. */
export interface CoverData {
  municipality: string;
  title: string;
  isUnredacted: boolean;
  rows: { label: string; value: string }[];
  lines: IndexLine[];
  attachments: { name: string; description: string }[];
}

/** Data of `klagesag-steder.typ`. */
export interface PlacesData {
  title: string;
  isUnredacted: boolean;
  rows: { number: number; document: string; page: number; citation: string; id: string; text: string }[];
}

export function titleOf({ appeal, request }: AppealContent): string {
  return `Sagen til ${appeal.recipient} – anmodning ${request.number}`;
}

/** @param firstPage the page of the first of the sections, from 1 */
export function indexLines(sections: Section[], firstPage: number): IndexLine[] {
  let page = firstPage;
  return sections.flatMap((section) => {
    const heading = { title: section.title, page, isHeading: true };
    const entries = section.entries.map(({ title, parts }) => {
      const line = { title, page, isHeading: false };
      page += pagesOf(parts);
      return line;
    });
    return [heading, ...(section.isListed ? entries : [])];
  });
}

/** Headings, and under each what stands in it. */
export function bookmarksOf(sections: Section[]): Bookmark<number>[] {
  const bookmarks: Bookmark<number>[] = [];
  for (const { title, page, isHeading } of indexLines(sections, 1)) {
    if (isHeading) bookmarks.push({ title, page, children: [] });
    else bookmarks.at(-1)?.children.push({ title, page, children: [] });
  }
  return bookmarks;
}

/** The page that each part begins on, from 1. */
export function startsOf(sections: Section[], firstPage: number): Map<DossierPart, number> {
  const starts = new Map<DossierPart, number>();
  let page = firstPage;
  for (const part of sections.flatMap(({ entries }) => entries.flatMap(({ parts }) => parts))) {
    starts.set(part, page);
    page += part.pages;
  }
  return starts;
}

export function coverData(
  content: AppealContent,
  reference: string | null,
  lines: IndexLine[],
  attachments: { name: string; description: string }[],
): CoverData {
  return {
    municipality: content.authority.name,
    title: `Sagen til ${content.appeal.recipient}`,
    isUnredacted: content.appeal.extent === 'all',
    rows: coverRows(content, reference, danishDay),
    lines,
    attachments: attachments.map(({ name, description }) => ({ name, description })),
  };
}

export function placesData(
  { appeal }: AppealContent,
  marks: PlacedMark[],
  starts: ReadonlyMap<DossierPart, number>,
  texts: ReadonlyMap<string, string>,
): PlacesData {
  return {
    title: placesTitle(appeal),
    isUnredacted: appeal.extent === 'all',
    rows: marks.map(({ place, document, part, page }) => ({
      number: place.number,
      document: `${document.row.position}${place.redaction === null ? ', hele dokumentet' : ''}`,
      page: (starts.get(part) ?? 0) + page,
      citation: place.citation,
      id: place.id,
      text: texts.get(place.id) ?? '',
    })),
  };
}

export function placesTitle({ extent }: AppealContent['appeal']): string {
  return extent === 'all' ? 'Fjernede steder' : 'Åbnede steder';
}
