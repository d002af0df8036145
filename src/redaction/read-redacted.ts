import { Injectable } from '@nestjs/common';
import type { Box, BoxesByPage, PageText } from '../contracts';
import { PdfEngine, readPagesFully } from '../pdf';
import { Settings } from '../platform/settings';

/** What a redacted file says, and where something was removed. A vault blob: it is content. */
export interface RedactedContent {
  pages: PageText[];
  /** Where pictures are drawn, a list a page. */
  pictures: Box[][];
  /** Where removed places are drawn, by page, and the label written on each. */
  applied: BoxesByPage;
  labels: Record<string, (string | undefined)[]>;
}

/**
 * Reads a redacted file anew, so that the reading version holds nothing but what the file still says. A picture's words are
 * those that were read before its redaction and that no cover touches; the gate judges them like everything that leaves.
 */
@Injectable()
export class ReadRedacted {
  constructor(
    private readonly engine: PdfEngine,
    private readonly settings: Settings,
  ) {}

  async of(
    pdf: string,
    applied: BoxesByPage,
    labels: Record<string, (string | undefined)[]>,
    before: PageText[],
  ): Promise<RedactedContent> {
    const pages = await readPagesFully(this.engine, pdf, { ocr: this.settings.OCR_ENGINE, ignored: applied, before });
    return { pages, pictures: await this.engine.pictureBoxes(pdf), applied, labels };
  }
}
