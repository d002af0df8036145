import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import type { Box, BoxesByPage, KeptOccurrence, LeakReport } from '../contracts';
import { FileRow } from '../gathering/file.entity';
import { groundById, shortLabel } from '../law';
import { PdfEngine } from '../pdf';
import { THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Database } from '../platform/database/database';
import { TemporaryFolders } from '../platform/temporary-folder';
import { Vault } from '../platform/vault/vault';
import { keptOccurrences } from './kept-occurrences';
import { mergeOverlapping, type LabelledBox } from './merge-boxes';
import { Redaction } from './redaction.entity';
import { RemovedTerms } from './removed-terms';

export interface AppliedFile {
  /** The round of review whose decisions were applied. */
  round: number;
  redactedKey: string;
  gateKey: string;
  report: LeakReport;
  rasterisedPages: number[];
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
  ) {}

  async run(file: FileRow, round: number): Promise<AppliedFile> {
    const passages = await this.passagesOf(file);
    const { onPages: absent } = await this.terms.of(file.authorityId, file.requestId, round);
    return this.folders.use('apply', async (folder) => {
      const before = join(folder, 'before.pdf');
      const after = join(folder, 'after.pdf');
      await pipeline(await this.read(file), createWriteStream(before, { mode: 0o600 }));
      const { rasterisedPages, applied } = await this.engine.redact(before, after, passages.boxes, {
        labels: passages.labels,
      });
      const report = await this.engine.verify(after, {
        absent,
        boxes: applied,
        kept: passages.kept,
        labels: labelsOf(passages),
        original: before,
        rasterisedPages,
      });
      const redacted = await this.vault.put(file.authorityId, await readFile(after));
      const stored = await this.vault.putJson(file.authorityId, report);
      return { round, redactedKey: redacted.address, gateKey: stored.address, report, rasterisedPages };
    });
  }

  private passagesOf(file: FileRow): Promise<Passages> {
    return this.database.inAuthority(file.authorityId, async (entities) => {
      const rows = await entities.find(Redaction, { where: { fileId: file.id }, order: { page: 'ASC', id: 'ASC' } });
      const boxes: Record<string, Box[]> = {};
      const labels: Passages['labels'] = {};
      const removed = rows.filter((each) => each.decision === 'remove');
      for (const page of new Set(removed.map((row) => row.page))) {
        const merged = mergeOverlapping(removed.filter((row) => row.page === page).flatMap(labelledBoxes));
        boxes[page] = merged.map(({ box }) => box);
        labels[page] = merged.map(({ label }) => label);
      }
      const kept = rows.filter((each) => each.decision === 'keep').flatMap((row) => keptOccurrences(row));
      return { boxes, labels, kept };
    });
  }

  private read(file: FileRow) {
    return this.vault.read(file.authorityId, file.pdfKey as string, {
      actor: THE_SYSTEM,
      action: 'vault.read',
      subject: { kind: 'file', id: file.id },
      requestId: file.requestId,
      reason: 'What was decided is removed from the file.',
    });
  }
}

function labelledBoxes(row: Redaction): LabelledBox[] {
  const ground = groundById(row.groundId as string);
  return row.boxes.map((box) => ({ box, label: ground ? shortLabel(ground) : undefined }));
}

function labelsOf({ labels }: Passages): string[] {
  return [...new Set(Object.values(labels).flat())].filter((label): label is string => label !== undefined);
}
