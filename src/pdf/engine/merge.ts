import type { PDFRef } from 'pdf-lib';
import { GrowingPdf } from './growing-pdf';
import type { Jobs } from './jobs';
import { PageBuilder } from './page-builder';
import { openLazily } from './page-source';

/** Joins pages of clean files into one; what is equal in several of them (fonts, logos) is written once. */
export async function merge(args: Jobs['merge']['args']): Promise<Jobs['merge']['result']> {
  const target = new GrowingPdf(args.out);
  const known = new Map<string, PDFRef>();
  try {
    for (const part of args.parts) {
      const source = openLazily(part.path);
      try {
        const builder = new PageBuilder(source, target, { known, isClean: true });
        for (let index = part.firstPage; index < part.firstPage + part.pages; index++) {
          builder.addPage(index);
          target.flush();
        }
      } finally {
        source.close();
      }
    }
  } catch (error) {
    target.abandon();
    throw error;
  }
  target.finish();
  return { pages: target.pages };
}
