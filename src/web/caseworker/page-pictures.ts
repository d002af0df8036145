import { createWriteStream } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { readingOf } from '../../gathering/file-reading';
import type { FileRow } from '../../gathering/file.entity';
import { PdfEngine } from '../../pdf';
import type { Actor } from '../../platform/audit-log/audit-log';
import { TemporaryFolders } from '../../platform/temporary-folder';
import { Vault } from '../../platform/vault/vault';

/** Sharp enough to read on a screen, small enough to come at once. */
const DPI = 110;

/** Pages as pictures for the review screen, drawn when they are asked for and kept nowhere. */
@Injectable()
export class PagePictures implements OnApplicationShutdown {
  private readonly engine: PdfEngine;

  constructor(
    private readonly vault: Vault,
    private readonly folders: TemporaryFolders,
  ) {
    this.engine = new PdfEngine({ processes: 1, temporaryFolder: folders.ownFolder() });
  }

  /** PNG of a page (from 0) before anything was removed. */
  png(file: FileRow, page: number, reader: Actor): Promise<Buffer> {
    return this.folders.use('picture', async (folder) => {
      const pdf = join(folder, 'side.pdf');
      const content = await this.vault.read(file.authorityId, file.pdfKey as string, {
        ...readingOf(file, 'A page is shown in the review.', reader),
        details: { page: page + 1 },
      });
      await pipeline(content, createWriteStream(pdf, { mode: 0o600 }));
      return this.engine.rasterise(pdf, page, { dpi: DPI, format: 'png' });
    });
  }

  async onApplicationShutdown(): Promise<void> {
    await this.engine.close();
  }
}
