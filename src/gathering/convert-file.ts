import { createWriteStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Injectable } from '@nestjs/common';
import type { PageText } from '../contracts';
import { PdfEngine, readByOcr, typeset } from '../pdf';
import { THE_SYSTEM } from '../platform/audit-log/audit-log';
import { KeyRing } from '../platform/keys/authority-keys';
import { Settings } from '../platform/settings';
import { TemporaryFolders } from '../platform/temporary-folder';
import { Vault } from '../platform/vault/vault';
import { convertToPdf } from './conversion';
import type { FileNote, FileRow } from './file.entity';
import { hiddenNotes } from './hidden-notes';

/** OCR reads best near 300 dots an inch; more only costs time. */
const OCR_DPI = 300;
/** A page with fewer letters than this is read as a picture too. */
const LETTERS_OF_A_READABLE_PAGE = 8;

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
  | { state: 'unreadable'; reason: string; notes: FileNote[] };

/** Turns one fetched file into a sanitised PDF whose words are known by place. */
@Injectable()
export class ConvertFile {
  constructor(
    private readonly vault: Vault,
    private readonly keyRing: KeyRing,
    private readonly engine: PdfEngine,
    private readonly folders: TemporaryFolders,
    private readonly settings: Settings,
  ) {}

  run(file: FileRow, signal: AbortSignal): Promise<ConvertedFile> {
    return this.folders.use('convert', async (folder) => {
      const original = join(folder, 'original');
      await pipeline(await this.readOriginal(file), createWriteStream(original, { mode: 0o600 }));
      const name = (await this.keyRing.of(file.authorityId)).unseal('file.name', file.nameSealed);
      const result = await convertToPdf(
        { path: original, name, mediaType: file.mediaType ?? undefined },
        {
          workFolder: folder,
          signal,
          libreOffice: this.settings.LIBREOFFICE,
          typeset,
          pageCount: (path) => this.engine.pageCount(path),
        },
      );
      if (result.state === 'unreadable')
        return {
          state: 'unreadable',
          reason: result.reason,
          notes: [{ code: result.reason, sentence: result.message }],
        };
      const sanitised = join(folder, 'sanitised.pdf');
      const { hidden } = await this.engine.sanitise(result.pdfPath, sanitised);
      const pages = await this.readPages(sanitised);
      const records = hidden.filter((each) => each.kind !== 'metadata');
      const hiddenKey = records.length > 0 ? (await this.vault.putJson(file.authorityId, records)).address : null;
      const notes = [...result.notes, ...hiddenNotes(records)];
      const children: StoredChild[] = [];
      for (const child of result.children) {
        const stored = await this.vault.put(file.authorityId, await readFile(child.path));
        children.push({ name: child.name, mediaType: child.mediaType, originalKey: stored.address, size: stored.size });
      }
      const pdf = await this.vault.put(file.authorityId, await readFile(sanitised));
      const words = await this.vault.putJson(file.authorityId, pages);
      return {
        state: 'converted',
        pdfKey: pdf.address,
        wordsKey: words.address,
        hiddenKey,
        pages,
        method: result.method,
        notes,
        children,
      };
    });
  }

  private readOriginal(file: FileRow) {
    return this.vault.read(file.authorityId, file.originalKey as string, {
      actor: THE_SYSTEM,
      action: 'vault.read',
      subject: { kind: 'file', id: file.id },
      requestId: file.requestId,
      reason: 'The file is converted to pages that can be read.',
    });
  }

  private async readPages(pdf: string): Promise<PageText[]> {
    const pages = await this.engine.readPages(pdf);
    const read: PageText[] = [];
    for (const page of pages) read.push(hasText(page) ? page : await this.readAsPicture(pdf, page));
    return read;
  }

  private async readAsPicture(pdf: string, page: PageText): Promise<PageText> {
    const picture = await this.engine.rasterise(pdf, page.index, { dpi: OCR_DPI, format: 'png' });
    const { width, height, rotation } = page;
    const reading = await readByOcr(picture, {
      dpi: OCR_DPI,
      pageWidth: width,
      pageHeight: height,
      rotation,
      language: 'dan',
      engine: this.settings.OCR_ENGINE,
    });
    if (reading === null) return { ...page, reading: 'unread' };
    return { ...page, text: reading.text, words: reading.words, reading: 'ocr', trust: reading.trust };
  }
}

function hasText(page: PageText): boolean {
  return page.text.replace(/\s/g, '').length >= LETTERS_OF_A_READABLE_PAGE;
}
