import { createReadStream, createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import type { PageText } from '../contracts';
import { isKnownWord } from '../personal-data';
import {
  PdfDamagedError,
  PdfEncryptedError,
  PdfEngine,
  PdfTooLargeError,
  readPagesFully,
  type HiddenContent,
} from '../pdf';
import { KeyRing } from '../platform/keys/authority-keys';
import { Settings } from '../platform/settings';
import { TemporaryFolders } from '../platform/temporary-folder';
import { Vault } from '../platform/vault/vault';
import { detectRecording, type Converted, type RecordingKind, type UnreadableReason } from './conversion';
import { FileConversion } from './file-conversion';
import { readingOf } from './file-reading';
import type { FileNote, FileRow } from './file.entity';
import { hiddenNotes, hiddenPages } from './hidden-notes';
import { layerNotes } from './layer-notes';
import { VirusCheck, type Quarantine } from './virus/virus-check';

export interface StoredChild {
  name: string;
  mediaType: string;
  originalKey: string;
  size: number;
}

export type ConvertedFile =
  | {
      state: 'converted';
      pdfKey: string;
      wordsKey: string;
      hiddenKey: string | null;
      pages: PageText[];
      method: string;
      notes: FileNote[];
      children: StoredChild[];
    }
  | { state: 'unreadable'; reason: string; notes: FileNote[]; recording?: RecordingKind }
  | ({ state: 'quarantined' } & Quarantine);

const HOW_TO_GO_ON = 'Åbn originalen, gem den som en ny PDF-fil, og læg den på sagen.';

function unreadable(reason: UnreadableReason, sentence: string) {
  return { state: 'unreadable' as const, reason, notes: [{ code: reason, sentence }] };
}

/** Enough of a file to know a recording by. */
const HEAD_BYTES = 64 * 1024;

async function recordingIn(path: string): Promise<RecordingKind | undefined> {
  const chunks: Buffer[] = [];
  for await (const chunk of createReadStream(path, { end: HEAD_BYTES - 1 })) chunks.push(chunk as Buffer);
  return detectRecording(Buffer.concat(chunks));
}

/** What the PDF engine says of a file that another reader could open; undefined when the file is not to blame. */
function reasonOf(error: unknown): UnreadableReason | undefined {
  if (error instanceof PdfEncryptedError) return 'password';
  if (error instanceof PdfTooLargeError) return 'too-large';
  return error instanceof PdfDamagedError ? 'damaged' : undefined;
}

/** Turns one fetched file into a sanitised PDF whose words are known by place. */
@Injectable()
export class ConvertFile {
  constructor(
    private readonly vault: Vault,
    private readonly keyRing: KeyRing,
    private readonly engine: PdfEngine,
    private readonly folders: TemporaryFolders,
    private readonly conversion: FileConversion,
    private readonly settings: Settings,
    private readonly virusCheck: VirusCheck,
  ) {}

  /** @param depth how many files this one lay in */
  run(file: FileRow, depth: number, signal: AbortSignal): Promise<ConvertedFile> {
    return this.folders.use('convert', async (folder) => {
      const original = join(folder, 'original');
      await pipeline(await this.readOriginal(file), createWriteStream(original, { mode: 0o600 }));
      const quarantine = await this.virusCheck.of(original, signal);
      if (quarantine) return { state: 'quarantined', ...quarantine };
      const name = (await this.keyRing.of(file.authorityId)).unseal('file.name', file.nameSealed);
      const processes = await this.conversion.processes();
      const input = { path: original, name, mediaType: file.mediaType ?? undefined, depth };
      const result = await processes.convert(input, { workFolder: folder, holder: file.requestId }, signal);
      if (result.state === 'unreadable')
        return { ...unreadable(result.reason, result.message), recording: await recordingIn(original) };
      try {
        return await this.keep(file, folder, result, signal);
      } catch (error) {
        const reason = reasonOf(error);
        if (!reason) throw error;
        return unreadable(reason, `PDF-filen kan ikke læses helt igennem. ${HOW_TO_GO_ON}`);
      }
    });
  }

  private async keep(file: FileRow, folder: string, result: Converted, signal: AbortSignal): Promise<ConvertedFile> {
    const sanitised = join(folder, 'sanitised.pdf');
    const { hidden, pages: count } = await this.engine.sanitise(result.pdfPath, sanitised);
    if (count !== result.pages)
      throw new PdfDamagedError(`The PDF has ${result.pages} pages for one engine and ${count} for another.`);
    const records = hidden.filter((each) => each.kind !== 'metadata');
    const { pdfPath, pages, notes } = await this.withHidden(folder, sanitised, records, signal);
    const hiddenKey = records.length > 0 ? (await this.vault.putJson(file.authorityId, records)).address : null;
    const pdf = await this.vault.put(file.authorityId, await readFile(pdfPath));
    const words = await this.vault.putJson(file.authorityId, pages);
    return {
      state: 'converted',
      pdfKey: pdf.address,
      wordsKey: words.address,
      hiddenKey,
      pages,
      method: result.method,
      notes: [...result.notes, ...notes],
      children: await this.keepChildren(file, result),
    };
  }

  /** What lay hidden in the PDF is put on pages after its own, so that it is detected, reviewed and given like the rest. */
  private async withHidden(folder: string, pdf: string, hidden: HiddenContent[], signal: AbortSignal) {
    const own = await readPagesFully(this.engine, pdf, { ocr: this.settings.OCR_ENGINE, isKnownWord });
    const { blocks, kinds } = hiddenPages(hidden, own);
    const notes = [...hiddenNotes(hidden, kinds), ...layerNotes(own)];
    if (blocks.length === 0) return { pdfPath: pdf, pages: own, notes };
    const whole = join(folder, 'med-skjult.pdf');
    const pdfPath = join(folder, 'med-skjult-renset.pdf');
    const page = { title: 'Skjult indhold i filen', note: 'Det følgende lå i filen, men ses ikke på siderne.', blocks };
    await (await this.conversion.processes()).append({ pdfPath: pdf, outPath: whole, page }, signal);
    const { pages: count } = await this.engine.sanitise(whole, pdfPath);
    const added = Array.from({ length: count - own.length }, (_, index) => own.length + index);
    return { pdfPath, pages: [...own, ...(await this.engine.readPages(pdfPath, { pages: added }))], notes };
  }

  private async keepChildren(file: FileRow, { children }: Converted): Promise<StoredChild[]> {
    const kept: StoredChild[] = [];
    for (const { name, mediaType, path } of children) {
      const { address, size } = await this.vault.put(file.authorityId, await readFile(path));
      kept.push({ name, mediaType, originalKey: address, size });
    }
    return kept;
  }

  private readOriginal(file: FileRow) {
    return this.vault.read(
      file.authorityId,
      file.originalKey as string,
      readingOf(file, 'The file is converted to pages that can be read.'),
    );
  }
}
