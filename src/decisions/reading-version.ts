import { Injectable } from '@nestjs/common';
import type { Box, PageReading } from '../contracts';
import { readingOf } from '../gathering/file-reading';
import type { FileRow } from '../gathering/file.entity';
import { PageRow } from '../gathering/page.entity';
import { groundById, longCitation, longDate } from '../law';
import {
  readStructure,
  type DocumentListData,
  type DocumentListRow,
  type ReadingDocument,
  type ReadingPage,
  type ReadingVersion,
  type RedactedPage,
} from '../pdf';
import { Database } from '../platform/database/database';
import { Vault } from '../platform/vault/vault';
import { personOf } from '../redaction/linked-labels';
import type { RedactedContent } from '../redaction/read-redacted';
import type { Redaction } from '../redaction/redaction.entity';
import type { DecidedDocument, DecisionContent } from './decision-content';
import type { PackagePlaces } from './package-places';

/** What the citizen gets, for people who do not see the page. Made from the redacted files that passed the gate, only. */
@Injectable()
export class ReadingVersions {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  async of(content: DecisionContent, list: DocumentListData, places: PackagePlaces): Promise<ReadingVersion> {
    const readings = await this.readings(content);
    const documents: ReadingDocument[] = [];
    for (const document of content.documents) {
      const number = String(document.row.position);
      const row = list.rows.find((each) => each.number === number);
      if (!places.of(number) || !row) continue;
      const pages: RedactedPage[] = [];
      for (const file of document.files.filter((each) => each.appliedKey !== null))
        pages.push(...redactedPages(await this.contentOf(file), file, content, readings));
      documents.push({
        number,
        title: row.title,
        about: about(row, document),
        pages: placedPages(pages, number, places),
      });
    }
    return {
      title: `Læseudgave af dine dokumenter – anmodning ${content.request.number}`,
      municipality: content.authority.name,
      caseNumber: content.request.number,
      date: list.date,
      documents,
    };
  }

  /** How each page was read before anything was removed: what no machine could read then is not sure now. */
  private async readings({ request }: DecisionContent): Promise<Map<string, PageReading>> {
    const rows = await this.database.inAuthority(request.authorityId, (entities) =>
      entities.find(PageRow, {
        where: { requestId: request.id },
        select: { fileId: true, number: true, reading: true },
      }),
    );
    return new Map(rows.map(({ fileId, number, reading }) => [`${fileId}:${number}`, reading]));
  }

  private contentOf(file: FileRow): Promise<RedactedContent> {
    return this.vault.readJson<RedactedContent>(
      file.authorityId,
      file.appliedKey as string,
      readingOf(file, 'The reading version is made from the redacted file.'),
    );
  }
}

function redactedPages(
  { pages, pictures, applied, labels }: RedactedContent,
  file: FileRow,
  { redactions, kept }: DecisionContent,
  readings: Map<string, PageReading>,
): RedactedPage[] {
  return pages.map((page) => {
    const here = (each: Redaction): boolean => each.fileId === file.id && each.page === page.index;
    const removed = redactions.filter(here);
    return {
      page: { ...page, reading: readings.get(`${file.id}:${page.index}`) ?? page.reading },
      removed: (applied[String(page.index)] ?? []).map((box, at) => ({
        box,
        note: noteOf(
          removed.filter((each) => each.boxes.some((own) => overlap(own, box))),
          labels[String(page.index)]?.[at],
        ),
      })),
      pictures: pictures[page.index] ?? [],
      kept: kept.filter(here).flatMap((each) => each.boxes),
    };
  });
}

function placedPages(pages: readonly RedactedPage[], number: string, places: PackagePlaces): ReadingPage[] {
  return readStructure(pages, 1).map((page, index) => {
    const place = places.of(number, index);
    return {
      ...page,
      packagePage: place?.page ?? page.packagePage,
      ...(places.parts > 1 ? { packagePart: place?.part } : {}),
    };
  });
}

/** The decision's ground, never the detector's; the same person's label where the request links them. */
function noteOf(removed: readonly Redaction[], label: string | undefined): string {
  const citations = removed.flatMap(({ groundId }) => {
    const ground = groundId ? groundById(groundId) : null;
    return ground ? [longCitation(ground)] : [];
  });
  const person = personOf(label);
  const what = person ? `${person}: oplysning fjernet` : 'oplysning fjernet';
  const grounds = [...new Set(citations)].join(' og ');
  return grounds ? `[${what} – ${grounds}]` : `[${what}]`;
}

function overlap(a: Box, b: Box): boolean {
  const width = Math.min(a[2], b[2]) - Math.max(a[0], b[0]);
  const height = Math.min(a[3], b[3]) - Math.max(a[1], b[1]);
  return width > 0 && height > 0.3 * Math.min(a[3] - a[1], b[3] - b[1]);
}

/** "Brev, 3. maj 2024, sag 27.24.00-G01-1-24. Noget er fjernet." */
function about({ kind, date, case: recordsCase }: DocumentListRow, { outcome }: DecidedDocument): string {
  const facts = [kind, ...(date ? [longDate(date)] : []), ...(recordsCase ? [`sag ${recordsCase}`] : [])].join(', ');
  return `${facts}. ${outcome === 'partial' ? 'Noget er fjernet.' : 'Intet er fjernet.'}`;
}
