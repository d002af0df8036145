import { Injectable } from '@nestjs/common';
import { Settings } from '../platform/settings';
import { TemporaryFolders } from '../platform/temporary-folder';
import { ConversionProcesses, findLibreOffice, Gotenberg, OfficePool, type Office } from './conversion';

/** The child processes that read files, and the office program beside them: made when the first file comes. */
@Injectable()
export class FileConversion {
  private started: Promise<{ processes: ConversionProcesses; office?: OfficePool }> | undefined;

  constructor(
    private readonly settings: Settings,
    private readonly folders: TemporaryFolders,
  ) {}

  async processes(): Promise<ConversionProcesses> {
    this.started ??= this.start();
    return (await this.started).processes;
  }

  private async start(): Promise<{ processes: ConversionProcesses; office?: OfficePool }> {
    const { LIBREOFFICE, PDF_PROCESSES } = this.settings;
    if (/^https?:/.test(LIBREOFFICE)) return { processes: this.children(new Gotenberg(LIBREOFFICE)) };
    const program = await findLibreOffice(LIBREOFFICE);
    if (!program) return { processes: this.children() };
    const office = new OfficePool({ program, size: PDF_PROCESSES, folder: () => this.folders.ownFolder() });
    return { processes: this.children(office), office };
  }

  private children(office?: Office): ConversionProcesses {
    return new ConversionProcesses({ processes: this.settings.PDF_PROCESSES, office });
  }

  /** Ends all programs. Files under way are refused. */
  async close(): Promise<void> {
    const started = await this.started?.catch(() => undefined);
    await started?.processes.close();
    await started?.office?.close();
  }
}
