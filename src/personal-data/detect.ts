import type { PartyRegister, Span, Word } from '../contracts';
import type { Finding } from './finding';
import { handleMentions } from './handles';
import { generalDocuments, likelyNames } from './general-text';
import { findIdentifiers } from './identifiers';
import { initialMentions } from './initials';
import { laidOut, onPage, type LaidOut } from './layout';
import { legible } from './legible';
import { Mentions, type Mention } from './mention';
import { gatherPeople, nameMentions, type NamedReading } from './name-mentions';
import { findNameRuns } from './name-runs';
import { withModelNames } from './names/model-runs';
import { ownedWithCpr, ownerOf, staffDomains, type HeldCpr, type Ownership } from './ownership';
import { People } from './people';
import { personsIn, type DetectedPerson } from './persons';
import { reasonFor } from './reasons';
import { pointsAtSomebody, relationMentions } from './relations';
import { sensitiveSpans, type SensitiveSpans } from './sensitive';
import { read } from './tokens';

/** One text of a request, a page or a document. */
export interface RequestText {
  /** Ids that differ only in a number after the last colon are pages of one document: `7f3a:0`, `7f3a:1`. */
  id: string;
  text: string;
  /** The words of a page with their boxes: columns and tables are then read by geometry. */
  words?: readonly Word[];
}

interface PreparedText extends NamedReading {
  id: string;
  identifiers: Finding[];
  layout: LaidOut;
  /** Part of a document that speaks of nobody of the case. */
  isGeneral: boolean;
}

/**
 * Finds personal data in one text and says whose it is, judged from the requester of the register.
 *
 * Pure and deterministic. `start` and `end` are UTF-16 offsets into `text`; spans are ordered and those of one type do
 * not overlap. A name that belongs to nobody in the register is proposed for removal under a made-up id (`P1` …).
 */
export function detect(text: string, register: PartyRegister): Span[] {
  return detectInRequest([{ id: '', text }], register).get('')!;
}

/**
 * The same over all texts of a request: a person found in one is sought in all, under one id.
 * @returns spans by the texts' ids
 */
export function detectInRequest(texts: RequestText[], register: PartyRegister): Map<string, Span[]> {
  return readRequest(texts, register).spans;
}

/** What may be set otherwise than the program is, to measure it. */
export interface DetectSettings {
  /** From which probability a name that only the model sees is proposed. */
  proposeNamesFrom?: number;
}

/** What a request's texts hold, and of whom they speak. */
export interface RequestFindings {
  /** By the texts' ids. */
  spans: Map<string, Span[]>;
  /** What says something of persons who are kept; it becomes a proposal only when such a person no longer is. */
  quiet: Map<string, Span[]>;
  persons: DetectedPerson[];
}

/** The same as `detectInRequest`, with the list of persons that the spans' `person` refers to. */
export function readRequest(
  texts: RequestText[],
  register: PartyRegister,
  settings: DetectSettings = {},
): RequestFindings {
  const people = new People(register);
  const read = texts.map((text) => prepare(text, settings));
  const general = generalDocuments(people, read);
  const prepared = read.map((text) =>
    general.has(text.document) ? { ...text, isGeneral: true, runs: likelyNames(text) } : text,
  );
  gatherPeople(people, prepared);
  const domains = staffDomains(
    people,
    prepared.flatMap(({ identifiers }) => identifiers.filter(({ type }) => type === 'EMAIL')),
  );
  const spans = new Map<string, Span[]>();
  const quiet = new Map<string, Span[]>();
  const isOfOther = ({ person }: Span): boolean => person !== people.requester?.id;
  for (const text of prepared) {
    const found = spansOf(text, people, domains);
    spans.set(text.id, onPage(found.proposed, text.layout));
    quiet.set(text.id, onPage(found.quiet.filter(isOfOther), text.layout));
  }
  return { spans, quiet, persons: personsIn(people, spans) };
}

function prepare({ id, text, words = [] }: RequestText, { proposeNamesFrom }: DetectSettings): PreparedText {
  const layout = laidOut(text, words);
  const reading = read(legible(layout.text));
  const identifiers = findIdentifiers(reading.text, reading.folded);
  const taken = coveredBy(identifiers);
  return {
    id,
    layout,
    document: id.replace(/:\d+$/, ''),
    reading,
    identifiers,
    isGeneral: false,
    runs: withModelNames(reading, findNameRuns(reading, taken), taken, proposeNamesFrom),
  };
}

function spansOf(text: PreparedText, people: People, domains: Set<string>): SensitiveSpans {
  const { reading, identifiers } = text;
  const inIdentifier = coveredBy(identifiers);
  const names = nameMentions(people, text).filter(({ start, end }) => !inIdentifier(start, end));
  const named = new Mentions(names);
  const initials = initialMentions(
    people,
    reading,
    (start, end) => inIdentifier(start, end) || named.touches(start, end),
  );
  const relations = relationMentions(people, reading, named).filter(
    (mention) =>
      !named.touches(mention.start, mention.end) &&
      !inIdentifier(mention.start, mention.start + 1) &&
      !(text.isGeneral && mention.person === null && !pointsAtSomebody(reading, mention)),
  );
  const handles = handleMentions(people, reading, text.document).filter(({ start, end }) => !inIdentifier(start, end));
  const mentions = new Mentions([...names, ...initials, ...relations, ...handles]);
  const spans = mentions.inOrder.filter(({ kind }) => kind !== 'self').map(spanOfMention);
  let lastCpr: HeldCpr | null = null;
  for (const finding of identifiers) {
    const owner: Ownership =
      (lastCpr && ownedWithCpr(finding, lastCpr, reading, people, mentions)) ??
      ownerOf(finding, reading, people, mentions, domains);
    if (finding.type === 'CPR') lastCpr = { end: finding.end, owner };
    spans.push({
      start: finding.start,
      end: finding.end,
      type: finding.type,
      person: owner.person?.id ?? null,
      role: owner.person?.role ?? '',
      redact: !owner.isKept,
      confidence: Math.min(finding.confidence, owner.confidence),
      reason: reasonFor(
        finding.type,
        owner.person,
        owner.isKept,
        owner.because,
        Math.min(finding.confidence, owner.confidence),
      ),
    });
  }
  const sensitive = sensitiveSpans(reading, mentions);
  spans.push(...sensitive.proposed);
  return { proposed: spans.sort((a, b) => a.start - b.start || b.end - a.end), quiet: sensitive.quiet };
}

function spanOfMention(mention: Mention): Span {
  const because = mention.person
    ? ''
    : mention.kind === 'relation'
      ? 'relation til en person, der ikke er navngivet'
      : '';
  return {
    start: mention.start,
    end: mention.end,
    type: mention.type,
    person: mention.person?.id ?? null,
    role: mention.person?.role ?? '',
    redact: !mention.isKept,
    confidence: mention.confidence,
    reason: reasonFor(mention.type, mention.person, mention.isKept, because, mention.confidence),
  };
}

/** Tells whether a place overlaps one of the findings, which are in order and apart. */
function coveredBy(findings: Finding[]): (start: number, end: number) => boolean {
  return (start, end) => {
    let low = 0;
    let high = findings.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (findings[middle]!.end <= start) low = middle + 1;
      else high = middle;
    }
    return low < findings.length && findings[low]!.start < end;
  };
}
