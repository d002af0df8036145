import type { DocumentRelation, RelationKind } from '../../gathering/duplicates/relate-documents';
import type { LabelledRelation } from './labelled-documents';

export interface RelationFigures {
  kind: RelationKind | 'any';
  /** Shares, 0 to 1. */
  precision: number;
  recall: number;
  labelled: number;
  found: number;
}

const KINDS: RelationKind[] = ['same-bytes', 'same-text', 'near-same', 'quoted'];

/** A relation counts when the right two documents are found with the right kind; `any` asks for the right two only. */
export function relationFigures(found: DocumentRelation[], labelled: LabelledRelation[]): RelationFigures[] {
  const figure = (kind: RelationFigures['kind']): RelationFigures => {
    const keyOf = (one: string, other: string, what: RelationKind): string =>
      `${[one, other].sort().join(' | ')}${kind === 'any' ? '' : ` | ${what}`}`;
    const wanted = new Set(
      labelled
        .filter((each) => kind === 'any' || each.kind === kind)
        .map(({ of, to, kind: what }) => keyOf(of, to, what)),
    );
    const given = new Set(
      found
        .filter((each) => kind === 'any' || each.kind === kind)
        .map(({ documentId, relatedTo, kind: what }) => keyOf(documentId, relatedTo, what)),
    );
    const right = [...given].filter((key) => wanted.has(key)).length;
    return {
      kind,
      precision: given.size === 0 ? 1 : right / given.size,
      recall: wanted.size === 0 ? 1 : right / wanted.size,
      labelled: wanted.size,
      found: given.size,
    };
  };
  return [...KINDS.map(figure), figure('any')];
}
