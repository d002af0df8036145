import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Box, BoxesByPage, KeptOccurrence, LeakReport, PageText } from '../contracts';
import { readingOf } from '../gathering/file-reading';
import { FileRow } from '../gathering/file.entity';
import { Party } from '../gathering/party.entity';
import { groundById, shortLabel } from '../law';
import { labelForms, PdfEngine, redactUntilClean, type RasterisedPage } from '../pdf';
import { Database } from '../platform/database/database';
import { Settings } from '../platform/settings';
import { TemporaryFolders } from '../platform/temporary-folder';
import { Vault } from '../platform/vault/vault';
import { keptOccurrences } from './kept-occurrences';
import { AccessRequest } from '../requests/request.entity';
import { labelOf, personLabels } from './linked-labels';
import { mergeOverlapping, type LabelledBox } from './merge-boxes';
import { ReadRedacted } from './read-redacted';
import { Redaction } from './redaction.entity';
import { RemovedTerms } from './removed-terms';

export interface AppliedFile {
  /** The round of review whose decisions were applied. */
  round: number;
  redactedKey: string;
  gateKey: string;
  report: LeakReport;
  rasterised: RasterisedPage[];
  /** {@link RedactedContent} in the vault; null when the gate stopped the file. */
  appliedKey: string | null;
}

interface Passages {
  boxes: BoxesByPage;
  labels: Record<string, (string | undefined)[]>;
  kept: KeptOccurrence[];
}

/** Removes what was decided from one file and lets an engine that had no part in it look for what is left. */
@Injectable()
export class ApplyFile {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
    private readonly terms: RemovedTerms,
    private readonly engine: PdfEngine,
    private readonly folders: TemporaryFolders,
    private readonly settings: Settings,
    private readonly reader: ReadRedacted,
  ) {}

  async run(file: FileRow, round: number): Promise<AppliedFile> {
    const passages = await this.passagesOf(file);
    const { onPages: absent } = await this.terms.of(file.authorityId, file.requestId, round);
    return this.folders.use('apply', async (folder) => {
      const before = join(folder, 'before.pdf');
      const after = join(folder, 'after.pdf');
      await pipeline(await this.read(file), createWriteStream(before, { mode: 0o600 }));
      const words = await this.wordsOf(file);
      const { labels, kept } = passages;
      const width = this.settings.COVER_WIDTH;
      const rules = { original: before, absent, kept, labels: writtenLabels(labels), readBefore: readByMachine(words) };
      const { result, verdict } = await redactUntilClean(
        (rasterise) => this.engine.redact(before, after, passages.boxes, { labels, width, rasterise }),
        async ({ applied: boxes, rasterisedPages }) => ({
          report: await this.engine.verify(after, { ...rules, boxes, rasterisedPages }),
        }),
      );
      const { rasterised, applied } = result;
      const { report } = verdict;
      const redacted = await this.vault.put(file.authorityId, await readFile(after));
      const stored = await this.vault.putJson(file.authorityId, report);
      const appliedKey = report.verdict === 'pass' ? await this.contentOf(file, after, applied, labels, words) : null;
      return { round, redactedKey: redacted.address, gateKey: stored.address, report, rasterised, appliedKey };
    });
  }

  private async contentOf(
    file: FileRow,
    pdf: string,
    applied: BoxesByPage,
    labels: Passages['labels'],
    before: PageText[],
  ): Promise<string> {
    const content = await this.reader.of(pdf, applied, labels, before);
    return (await this.vault.putJson(file.authorityId, content)).address;
  }

  private wordsOf(file: FileRow): Promise<PageText[]> {
    const reading = readingOf(file, 'What is left of the file is read.');
    return this.vault.readJson<PageText[]>(file.authorityId, file.wordsKey as string, reading);
  }

  private passagesOf(file: FileRow): Promise<Passages> {
    return this.database.inAuthority(file.authorityId, async (entities) => {
      const rows = await entities.find(Redaction, { where: { fileId: file.id }, order: { page: 'ASC', id: 'ASC' } });
      const persons = await this.personsOf(entities, file.requestId);
      const boxes: Record<string, Box[]> = {};
      const labels: Passages['labels'] = {};
      const removed = rows.filter((each) => each.decision === 'remove');
      for (const page of new Set(removed.map((row) => row.page))) {
        const ofPage = removed.filter((row) => row.page === page);
        const merged = mergeOverlapping(ofPage.flatMap((row) => labelledBoxes(row, persons)));
        boxes[page] = merged.map(({ box }) => box);
        labels[page] = merged.map(({ label }) => label);
      }
      const kept = rows.filter((each) => each.decision === 'keep').flatMap((row) => keptOccurrences(row));
      return { boxes, labels, kept };
    });
  }

  /** Numbers for the persons, when the caseworker chose them for the request. */
  private async personsOf(entities: EntityManager, requestId: string): Promise<ReadonlyMap<string, string>> {
    const { linkedLabels } = await entities.findOneByOrFail(AccessRequest, { id: requestId });
    if (!linkedLabels) return new Map();
    const parties = await entities.findBy(Party, { requestId });
    const passages = await entities.findBy(Redaction, { requestId, decision: 'remove' });
    return personLabels(passages, new Map(parties.map(({ key, access }) => [key, access])));
  }

  private read(file: FileRow) {
    return this.vault.read(
      file.authorityId,
      file.pdfKey as string,
      readingOf(file, 'What was decided is removed from the file.'),
    );
  }
}

function labelledBoxes(row: Redaction, persons: ReadonlyMap<string, string>): LabelledBox[] {
  const ground = groundById(row.groundId as string);
  const label = labelOf(persons.get(row.partyKey ?? ''), ground ? shortLabel(ground) : undefined);
  return row.boxes.map((box) => ({ box, label }));
}

/** Pages that a reading program read surely; the others are read again. */
function readByMachine(pages: readonly PageText[]): Record<string, PageText> {
  return Object.fromEntries(
    pages.filter(({ measures, doubt }) => measures && !doubt).map((page) => [page.index, page]),
  );
}

/** Every text that may stand on a cover. */
function writtenLabels(labels: Passages['labels']): string[] {
  const wanted = Object.values(labels).flat();
  return [...new Set(wanted.filter((label): label is string => label !== undefined).flatMap(labelForms))];
}
