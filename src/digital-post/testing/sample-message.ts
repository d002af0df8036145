import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { MemoMessage } from '../../contracts';

/** For specs: a good message about nobody. The CPR number has an invented day (no such person). */
export function sampleMessage(changes: Partial<MemoMessage> = {}): MemoMessage {
  return {
    messageUUID: '5b0c1f6e-8a53-4d55-9e0a-2f0f7a3c1d10',
    messageId: 'forsendelse-2026-117',
    label: 'Svar på din anmodning om aktindsigt',
    notification: 'Du har fået post fra Solby Kommune.',
    sender: { cvr: '12345678', label: 'Solby Kommune' },
    recipient: { cpr: '2211771212' },
    caseId: { id: '2026-0117', system: 'Aktindsigt' },
    createdAt: '2026-11-23T09:14:00Z',
    mainDocument: { label: 'Afgørelse', files: [samplePdf('afgoerelse.pdf', 400)] },
    additionalDocuments: [
      { label: 'Aktindsigt', files: [samplePdf('aktindsigt.pdf', 5000)] },
      { label: 'Aktliste', files: [samplePdf('aktliste.pdf', 1001)] },
    ],
    ...changes,
  };
}

/** Bytes that begin like a PDF; repeatable. */
export function samplePdf(fileName: string, size: number) {
  const content = Buffer.alloc(size, `%PDF-1.7\n% ${fileName}\n`);
  return { mediaType: 'application/pdf', fileName, language: 'da', content };
}

const OFFICIAL = resolve(__dirname, '../../../../shared/reference/memo');

/** The folder of official schemas and samples beside the repository; they may not be copied into it. */
export function officialMemoFolder(): string | undefined {
  if (existsSync(resolve(OFFICIAL, 'xsd/memo-1.2/MeMo_core.xsd'))) return OFFICIAL;
  process.stderr.write(
    '\n*** The official MeMo schemas and samples are not on this machine: checks against them did NOT run. ***\n',
  );
  return undefined;
}
