import { canonicalText, numbersIn, sharedNumbers } from './canonical-text';
import { mailSegments } from './mail-segments';
import { SketchIndex } from './sketch-index';
import { similarity, sketchOf, type TextSketch } from './text-sketch';

/** Fewer characters than this are no text by which two documents could be told to be the same. */
const SHORTEST_TEXT = 40;
/** From here on two texts are versions of one; measured on the labelled set, see docs/duplicates.md. */
const NEAR = 0.6;
/** The same letter for another month has the same words and other numbers: another document. */
const NEAR_NUMBERS = 0.75;
const QUOTED = 0.8;

export type RelationKind = 'same-bytes' | 'same-text' | 'near-same' | 'quoted';

export interface ComparedDocument {
  id: string;
  /** The number in the request. */
  number: number;
  isAttachment: boolean;
  isMail: boolean;
  /** The requester sent it in. */
  isSentIn: boolean;
  pages: number;
  /** SHA-256 of each file as it was fetched, in order; empty when one is not known. */
  hashes: string[];
  text: string;
}

/** `documentId` is the copy, the version or the quoted mail; `relatedTo` the document that stands for both. */
export interface DocumentRelation {
  documentId: string;
  relatedTo: string;
  kind: RelationKind;
  /** Share of the text that both have, 0 to 1. */
  similarity: number;
}

interface Prepared extends ComparedDocument {
  canonical: string;
  sketch: TextSketch;
  numbers: Map<string, number>;
}

/**
 * Which documents of a request are the same, nearly the same, or quoted whole in a later mail. Each document stands under
 * one other at most, and what it stands under stands under nobody as a copy.
 */
export function relateDocuments(documents: ComparedDocument[]): DocumentRelation[] {
  const prepared = documents.map(prepare).sort(firstToStand);
  const relations = [...equalOnes(prepared, 'same-bytes', bytesKey)];
  const isCopy = new Set(relations.map(({ documentId }) => documentId));
  const apart = (): Prepared[] => prepared.filter(({ id }) => !isCopy.has(id));
  for (const find of [sameTexts, quotedMails, nearOnes]) {
    const found = find(apart());
    relations.push(...found);
    for (const { documentId } of found) isCopy.add(documentId);
  }
  return underTheLast(relations);
}

function prepare(document: ComparedDocument): Prepared {
  const canonical = canonicalText(document.text);
  return { ...document, canonical, sketch: sketchOf(canonical), numbers: numbersIn(canonical) };
}

/** Who stands for the others: what the citizen sent in (it is given as a rule), then a document of its own, then the first. */
function firstToStand(one: ComparedDocument, other: ComparedDocument): number {
  return (
    Number(other.isSentIn) - Number(one.isSentIn) ||
    Number(one.isAttachment) - Number(other.isAttachment) ||
    one.number - other.number
  );
}

function bytesKey({ hashes }: Prepared): string | null {
  return hashes.length > 0 ? hashes.join(' ') : null;
}

function sameTexts(documents: Prepared[]): DocumentRelation[] {
  return equalOnes(documents, 'same-text', ({ canonical, pages }) =>
    canonical.length >= SHORTEST_TEXT ? `${pages}:${canonical}` : null,
  );
}

function equalOnes(
  documents: Prepared[],
  kind: RelationKind,
  keyOf: (document: Prepared) => string | null,
): DocumentRelation[] {
  const first = new Map<string, string>();
  return documents.flatMap((document) => {
    const key = keyOf(document);
    if (key === null) return [];
    const relatedTo = first.get(key);
    if (relatedTo !== undefined) return [{ documentId: document.id, relatedTo, kind, similarity: 1 }];
    first.set(key, document.id);
    return [];
  });
}

/** Each version under the one before it in the order of standing. */
function nearOnes(documents: Prepared[]): DocumentRelation[] {
  const index = new SketchIndex();
  const byId = new Map(documents.map((document) => [document.id, document]));
  const relations: DocumentRelation[] = [];
  for (const document of documents) {
    if (document.canonical.length < SHORTEST_TEXT) continue;
    const like = index
      .like(document.sketch, NEAR)
      .find(({ id }) => sharedNumbers(document.numbers, (byId.get(id) as Prepared).numbers) >= NEAR_NUMBERS);
    if (like)
      relations.push({ documentId: document.id, relatedTo: like.id, kind: 'near-same', similarity: like.similarity });
    index.add(document.id, document.sketch);
  }
  return relations;
}

/** What a mail says itself, then each message that it quotes. */
interface SegmentedMail {
  mail: Prepared;
  sketches: TextSketch[];
}

/** A mail that a later mail quotes whole, with everything that it quoted itself. */
function quotedMails(documents: Prepared[]): DocumentRelation[] {
  const mails = documents.filter(({ isMail }) => isMail).map(segmentsOf);
  const quoting = new SketchIndex();
  const holderOf = new Map<string, SegmentedMail>();
  for (const each of mails)
    for (const [position, sketch] of each.sketches.entries()) {
      if (position === 0) continue;
      const segment = `${each.mail.id}#${position}`;
      holderOf.set(segment, each);
      quoting.add(segment, sketch);
    }
  return mails.flatMap(({ mail, sketches }) => {
    if (sketches.length === 0) return [];
    const holders = quoting
      .like(sketches[0], QUOTED)
      .map((like) => ({ ...like, holder: holderOf.get(like.id) as SegmentedMail }))
      .filter(({ holder }) => holder.mail.id !== mail.id && holder.sketches.length > sketches.length)
      .filter(({ holder }) =>
        sketches.every((sketch) => holder.sketches.some((other) => similarity(sketch, other) >= QUOTED)),
      )
      // The longest thread holds them all.
      .sort((a, b) => b.holder.sketches.length - a.holder.sketches.length);
    const [best] = holders;
    if (!best) return [];
    return [
      { documentId: mail.id, relatedTo: best.holder.mail.id, kind: 'quoted' as const, similarity: best.similarity },
    ];
  });
}

function segmentsOf(mail: Prepared): SegmentedMail {
  const sketches = mailSegments(mail.text)
    .map(canonicalText)
    .filter((text) => text.length >= SHORTEST_TEXT)
    .map(sketchOf);
  return { mail, sketches };
}

/** What stands under a copy stands under what the copy stands under. */
function underTheLast(relations: DocumentRelation[]): DocumentRelation[] {
  const copyOf = new Map(
    relations.filter(({ kind }) => kind !== 'near-same').map(({ documentId, relatedTo }) => [documentId, relatedTo]),
  );
  const last = (id: string): string => {
    const next = copyOf.get(id);
    return next === undefined ? id : last(next);
  };
  return relations.map((relation) => ({ ...relation, relatedTo: last(relation.relatedTo) }));
}
