import type { PageText } from '../../contracts';
import type { FileRow } from '../../gathering/file.entity';
import { textUnderBoxes } from '../drawn-terms';
import type { Proposal } from '../proposal.entity';
import type { Redaction } from '../redaction.entity';
import type { VisiblePlace } from './consistency';
import type { RemovedPassage } from './removed-words';

/** A file with its words and what is decided in it. */
export interface DecidedFile {
  file: FileRow;
  pages: PageText[];
  redactions: Redaction[];
  proposals: ReadonlyMap<string, Proposal>;
}

/** What goes from a file, as texts. */
export function removedFrom({ file, pages, redactions, proposals }: DecidedFile): RemovedPassage[] {
  return redactions.flatMap((row) => {
    const page = pages[row.page];
    if (row.decision !== 'remove' || !page) return [];
    const proposal = row.proposalId === null ? undefined : proposals.get(row.proposalId);
    const text = proposal ? page.text.slice(proposal.spanStart, proposal.spanEnd) : textUnderBoxes(page, row.boxes);
    const { page: index, type, partyKey: party, groundId, role } = row;
    const isDrawn = proposal === undefined;
    return [
      {
        fileId: file.id,
        page: index,
        text,
        type,
        party,
        groundId,
        role,
        isDrawn,
        isAsProposed: proposal?.redact === true,
      },
    ];
  });
}

/** The pages of a file as they are read when the decisions are followed. */
export function placesOn(
  { file, pages, redactions, proposals }: DecidedFile,
  groupId: string,
  kind: 'page' | 'earlier',
): VisiblePlace[] {
  return pages.map((page) => {
    const here = redactions.filter((row) => row.page === page.index);
    const removed = here
      .filter(({ decision }) => decision === 'remove')
      .flatMap(({ boxes }) => page.words.filter(({ box }) => boxes.some((each) => holdsMiddle(each, box))))
      .map(({ start, end }) => ({ start, end }));
    const kept = here.flatMap((row) => {
      const proposal = row.decision === 'keep' && row.proposalId !== null ? proposals.get(row.proposalId) : undefined;
      if (!proposal) return [];
      return [
        {
          start: proposal.spanStart,
          end: proposal.spanEnd,
          party: row.partyKey,
          proposalId: proposal.id,
          isAsProposed: !proposal.redact,
        },
      ];
    });
    return { groupId, kind, fileId: file.id, page: page.index, text: page.text, removed, kept };
  });
}

function holdsMiddle(outer: readonly number[], inner: readonly number[]): boolean {
  const [x, y] = [(inner[0] + inner[2]) / 2, (inner[1] + inner[3]) / 2];
  return x >= outer[0] && x <= outer[2] && y >= outer[1] && y <= outer[3];
}
