import type { KeptOccurrence } from '../contracts';
import type { AssembledDocument } from '../pdf';
import { keptOccurrences } from '../redaction/kept-occurrences';
import type { DecisionContent } from './decision-content';

/**
 * What a person decided to keep, by its page in the assembled package. Assembly adds a strip below each page and moves
 * nothing, so a box stands where it stood.
 */
export function keptInPackage({ documents, kept }: DecisionContent, placed: AssembledDocument[]): KeptOccurrence[] {
  const firstPages = new Map(placed.map(({ number, firstPage }) => [String(number), firstPage - 1]));
  const pageOfFile = new Map<string, number>();
  for (const { row, files } of documents) {
    let page = firstPages.get(String(row.position));
    if (page === undefined) continue;
    for (const file of files.filter((each) => each.redactedKey !== null)) {
      pageOfFile.set(file.id, page);
      page += file.pages ?? 0;
    }
  }
  return kept.flatMap((each) => {
    const first = pageOfFile.get(each.fileId);
    return first === undefined ? [] : keptOccurrences(each, first);
  });
}
