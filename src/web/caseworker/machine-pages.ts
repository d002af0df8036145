import type { EntityManager } from 'typeorm';
import { PageRow } from '../../gathering/page.entity';
import type { AccessRequest } from '../../requests/request.entity';
import type { MachinePage } from '../views/godkend';
import { isClosed, reviewAddress, type DocumentInHand } from './documents-in-hand';
import { doubtInWords, rasterisedInWords } from './machine-words';

const PHOTO = 'Siden er et foto. Maskinen kan ikke se, hvem eller hvad der er på det.';

/** Pages of what the citizen gets that no machine could read, or that became pictures: each with why, and who has read it. */
export async function machinePages(
  entities: EntityManager,
  request: AccessRequest,
  documents: DocumentInHand[],
  staffNames: Map<string, string>,
): Promise<{ unread: MachinePage[]; rasterised: MachinePage[] }> {
  const rows = await entities.find(PageRow, {
    where: [
      { requestId: request.id, reading: 'unread' },
      { requestId: request.id, photo: true },
      { requestId: request.id, rasterised: true },
    ],
  });
  const byPlace = new Map(rows.map((row) => [`${row.fileId}:${row.number}`, row]));
  const unread: MachinePage[] = [];
  const rasterised: MachinePage[] = [];
  for (const { row: document, title, pages } of documents.filter((each) => !isClosed(each.row))) {
    pages.forEach(({ file, index }, at) => {
      const row = byPlace.get(`${file.id}:${index}`);
      if (!row) return;
      const place = {
        document: `${document.position} ${title}, side ${at + 1}`,
        href: reviewAddress(request.id, document.id, at + 1),
      };
      if (row.reading === 'unread' || row.photo) {
        const readBy = row.seenBy ? (staffNames.get(row.seenBy) ?? 'en medarbejder') : undefined;
        const why = row.reading === 'unread' ? doubtInWords(row.doubt, row.measures) : PHOTO;
        unread.push({ ...place, why, readBy });
      }
      if (row.rasterised) rasterised.push({ ...place, why: rasterisedInWords(row.rasterisedWhy) });
    });
  }
  return { unread, rasterised };
}
