import type { KeptOccurrence } from '../contracts';
import { keptOccurrences } from '../redaction/kept-occurrences';
import type { DecisionContent } from './decision-content';
import type { PackagePlaces } from './package-places';

/**
 * What a person decided to keep, by its page in one part of the assembled package (from 1). Assembly adds a strip below each
 * page and moves nothing, so a box stands where it stood.
 */
export function keptInPackage(
  { documents, kept }: DecisionContent,
  places: PackagePlaces,
  part: number,
): KeptOccurrence[] {
  const files = new Map<string, { number: number; before: number }>();
  for (const { row, files: own } of documents) {
    let before = 0;
    for (const file of own.filter((each) => each.redactedKey !== null)) {
      files.set(file.id, { number: row.position, before });
      before += file.pages ?? 0;
    }
  }
  return kept.flatMap((each) => {
    const file = files.get(each.fileId);
    const place = file && places.of(file.number, file.before + each.page);
    return place?.part === part ? keptOccurrences(each, place.page - 1 - each.page) : [];
  });
}
