import type { EntityManager } from 'typeorm';
import type { AccessRequest } from '../../requests/request.entity';
import type { ApprovalPage } from '../views/godkend';
import { isClosed, reviewAddress, type DocumentInHand } from './documents-in-hand';

/** Pages of what the citizen gets that no employee has looked at, a line a document. */
export async function notSeen(
  entities: EntityManager,
  request: AccessRequest,
  documents: DocumentInHand[],
): Promise<ApprovalPage['notSeen']> {
  const rows: { file_id: string; number: number }[] = await entities.query(
    'select file_id, number from page where request_id = $1 and seen_at is null',
    [request.id],
  );
  const unseen = new Set(rows.map((row) => `${row.file_id}:${row.number}`));
  return documents
    .filter((document) => !isClosed(document.row))
    .flatMap((document) => {
      const sides = document.pages.flatMap((page, index) =>
        unseen.has(`${page.file.id}:${page.index}`) ? [index + 1] : [],
      );
      if (sides.length === 0) return [];
      return [
        {
          document: `${document.row.position} ${document.title}`,
          pages: sidesInWords(sides),
          href: reviewAddress(request.id, document.row.id, sides[0]),
        },
      ];
    });
}

/** "side 1-3 og 7". */
export function sidesInWords(sides: number[]): string {
  const runs: [number, number][] = [];
  for (const side of sides) {
    const last = runs.at(-1);
    if (last && last[1] === side - 1) last[1] = side;
    else runs.push([side, side]);
  }
  const words = runs.map(([from, to]) => (from === to ? String(from) : `${from}-${to}`));
  const listed = words.length > 1 ? `${words.slice(0, -1).join(', ')} og ${words.at(-1)}` : words[0];
  return `side ${listed}`;
}
