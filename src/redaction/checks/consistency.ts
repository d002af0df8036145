import { TermSearch } from '../../pdf';
import { foldedTerm } from '../looked-for';
import { foldedWord, soughtTerms, type RemovedPassage, type SoughtTerm } from './removed-words';

/** Where a text is read by the citizen: a page, a mail's head, a line of the aktliste, or what was delivered before. */
export type PlaceKind = 'page' | 'mail-head' | 'title' | 'case-title' | 'earlier';

/** A text as the citizen would see it, with what is decided in it. Offsets are UTF-16 units of `text`. */
export interface VisiblePlace {
  /** Findings of one text in one document are one finding: this is the document, or the case of a title. */
  groupId: string;
  kind: PlaceKind;
  fileId: string | null;
  /** From 0. */
  page: number | null;
  text: string;
  /** Gone from here. */
  removed: { start: number; end: number }[];
  /** Decided to stay here. */
  kept: KeptPassage[];
}

export interface KeptPassage {
  start: number;
  end: number;
  party: string | null;
  proposalId: string | null;
  /** The program proposed to keep it too; false when a person kept it against the proposal. */
  isAsProposed: boolean;
}

export interface SeenAt {
  kind: PlaceKind;
  fileId: string | null;
  page: number | null;
  start: number;
  end: number;
  /** The proposal that was decided to stay; null where nothing was proposed. */
  proposalId: string | null;
}

/** A text that goes in one place and is seen in another. */
export interface Inconsistency {
  groupId: string;
  /** The same for the same text of the same kind: what was settled is known again by it. */
  termKey: string;
  /** As it stands where it is seen first. */
  text: string;
  removedAt: RemovedPassage;
  seenAt: SeenAt[];
}

const HEAD_LINE = /^[ \t]*(?:fra|til|cc|bcc|emne|sendt|vedhæftet|vedhæftede filer|from|to|subject)[ \t]*:/i;

/** Compares what goes with everything that stays, in every spelling that the gate knows. Pure; order follows `places`. */
export function inconsistencies(
  removed: RemovedPassage[],
  places: VisiblePlace[],
  keptWords: ReadonlySet<string> = new Set(),
): Inconsistency[] {
  const sought = soughtTerms(removed, keptWords);
  const search = new TermSearch(sought.map(({ term }) => term));
  const found = new Map<string, Inconsistency>();
  for (const place of places) {
    for (const hit of search.find(spaced(place))) {
      const each = sought[hit.term] as SoughtTerm;
      const seen = seenAt(place, hit.start, hit.end, each);
      if (!seen) continue;
      const termKey = `${each.term.type ?? ''}:${foldedTerm(each.term.text)}`;
      const key = `${place.groupId}|${place.kind === 'earlier'}|${termKey}`;
      const known = found.get(key);
      if (known) addPlace(known, seen);
      else
        found.set(key, {
          groupId: place.groupId,
          termKey,
          text: place.text.slice(hit.start, hit.end),
          removedAt: each.from,
          seenAt: [seen],
        });
    }
  }
  return withoutPartsOfOthers([...found.values()]);
}

function seenAt(place: VisiblePlace, start: number, end: number, sought: SoughtTerm): SeenAt | null {
  if (place.removed.some((gone) => gone.start < end && gone.end > start)) return null;
  const kept = place.kept.filter((each) => each.start < end && each.end > start);
  if (kept.some((each) => staysRightly(each, sought.from))) return null;
  if (sought.part !== null && !isCalled(place, start, end, sought)) return null;
  const { fileId, page } = place;
  return { kind: kindAt(place, start), fileId, page, start, end, proposalId: kept[0]?.proposalId ?? null };
}

/**
 * The same words may be somebody else's here, a shared home or a name; and where both places were decided as proposed, what
 * is kept is known to be an authority's or the citizen's own.
 */
function staysRightly({ party, isAsProposed }: KeptPassage, removed: RemovedPassage): boolean {
  const isSomebodyElse = party !== null && removed.party !== null && party !== removed.party;
  return isSomebodyElse || (isAsProposed && removed.isAsProposed);
}

/** A line of a mail's head is told apart from its text: the citizen reads it first. */
function kindAt({ kind, text }: VisiblePlace, start: number): PlaceKind {
  const lineStart = start === 0 ? 0 : text.lastIndexOf('\n', start - 1) + 1;
  return kind === 'page' && HEAD_LINE.test(text.slice(lineStart, lineStart + 40)) ? 'mail-head' : kind;
}

function isTitle(kind: PlaceKind): boolean {
  return kind === 'title' || kind === 'case-title';
}

/** A title may be a file name: its words are parted by marks. As long as the text, so that offsets stay. */
function spaced({ kind, text }: VisiblePlace): string {
  return isTitle(kind) ? text.replace(/[_.]/g, ' ') : text;
}

/** A first name with a capital, and with no other surname beside it. */
function isCalled({ text, kind }: VisiblePlace, start: number, end: number, { part, fullName }: SoughtTerm): boolean {
  if (isTitle(kind)) return true;
  if (part === 'last' || !/^\p{Lu}/u.test(text.slice(start, end))) return false;
  const after = /^(?:['’]?s)? (\p{Lu}[\p{L}'’-]+)/u.exec(text.slice(end, end + 40))?.[1];
  const before = /(\p{Lu}[\p{L}'’-]+) $/u.exec(text.slice(Math.max(0, start - 40), start))?.[1];
  const isOthers = (word: string | undefined): boolean => word !== undefined && !fullName.has(foldedWord(word));
  const opensSentence = /(?:^|[.:!?\n]\s*)$/.test(
    text.slice(Math.max(0, start - 40), start - (before?.length ?? 0) - 1),
  );
  return !isOthers(after) && (!isOthers(before) || opensSentence);
}

function addPlace({ seenAt: places }: Inconsistency, seen: SeenAt): void {
  const isKnown = places.some(
    (each) => each.fileId === seen.fileId && each.page === seen.page && each.start < seen.end && each.end > seen.start,
  );
  if (!isKnown) places.push(seen);
}

/** A whole name that is seen is one finding, not a second one for its first name. */
function withoutPartsOfOthers(all: Inconsistency[]): Inconsistency[] {
  return all.filter(
    (one) =>
      !all.some(
        (other) =>
          other !== one &&
          other.groupId === one.groupId &&
          other.seenAt.length >= one.seenAt.length &&
          one.seenAt.every((place) => other.seenAt.some((whole) => holds(whole, place))),
      ),
  );
}

function holds(whole: SeenAt, part: SeenAt): boolean {
  const isSamePlace = whole.kind === part.kind && whole.fileId === part.fileId && whole.page === part.page;
  return (
    isSamePlace && whole.start <= part.start && whole.end >= part.end && whole.end - whole.start > part.end - part.start
  );
}
