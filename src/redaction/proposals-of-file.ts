import { randomUUID } from 'node:crypto';
import type { PageText, PartyAccess, Span } from '../contracts';
import { reasonForRole } from '../personal-data';
import { boxesOfSpan } from './boxes-of-span';
import { isProposedToGo } from './persons/judge-finding';
import type { QuietFinding } from './persons/quiet-finding.entity';
import type { Proposal } from './proposal.entity';

export type NewProposal = Omit<Proposal, 'authorityId' | 'requestId'>;
export type NewQuietFinding = Omit<QuietFinding, 'authorityId' | 'requestId'>;

/** What staff read beside a proposal; kept in the vault, since it quotes the file. */
export interface ProposalText {
  text: string;
  reason: string;
}

/** What was found in one file, before rows are made of it. Spans are by page. */
export interface FoundInFile {
  fileId: string;
  pages: PageText[];
  spansOn(page: number): Span[];
  quietOn(page: number): Span[];
  accessOf(person: string | null): PartyAccess | null;
  isSentIn: boolean;
  fingerprint(words: string): Buffer;
}

export interface RowsOfFile {
  proposals: NewProposal[];
  quiet: NewQuietFinding[];
  texts: Record<string, ProposalText>;
}

const SENT_IN = 'Ansøgeren har selv sendt dokumentet ind, og oplysningen bevares';

/** The rows of a file's proposals, and of what stays quiet until its person is judged otherwise. */
export function proposalsOfFile(found: FoundInFile): RowsOfFile {
  const rows: RowsOfFile = { proposals: [], quiet: [], texts: {} };
  for (const page of found.pages) {
    for (const span of found.spansOn(page.index)) addProposal(rows, found, page, span);
    for (const span of found.quietOn(page.index)) addQuiet(rows, found, page, span);
  }
  return rows;
}

function addProposal(rows: RowsOfFile, found: FoundInFile, page: PageText, span: Span): void {
  const boxes = boxesOfSpan(page, span.start, span.end);
  if (boxes.length === 0) return;
  const accessNow = found.accessOf(span.person);
  const { isSentIn } = found;
  const redact = isProposedToGo({ redact: span.redact, accessThen: accessNow, isSentIn }, accessNow);
  const id = randomUUID();
  rows.proposals.push({
    id,
    ...placeOf(found, page, span, boxes),
    partyKey: span.person,
    role: span.role,
    redact,
    foundKey: span.person,
    foundRedact: span.redact,
    judgedBy: null,
    madeBy: null,
    fingerprint: found.fingerprint(wordsAround(page.text, span)),
  });
  const reason = span.redact && !redact ? `${SENT_IN}.` : span.reason;
  rows.texts[id] = { text: page.text.slice(span.start, span.end), reason };
}

function addQuiet(rows: RowsOfFile, found: FoundInFile, page: PageText, span: Span): void {
  if (
    found
      .spansOn(page.index)
      .some((other) => other.type === span.type && other.start < span.end && other.end > span.start)
  )
    return;
  const boxes = boxesOfSpan(page, span.start, span.end);
  if (boxes.length === 0 || span.person === null) return;
  const id = randomUUID();
  rows.quiet.push({ id, ...placeOf(found, page, span, boxes), foundKey: span.person });
  const reason = reasonForRole(span.type, null, true, 'personen er den, der omtales nærmest');
  rows.texts[id] = { text: page.text.slice(span.start, span.end), reason };
}

function placeOf(found: FoundInFile, page: PageText, span: Span, boxes: Proposal['boxes']) {
  const { start: spanStart, end: spanEnd, type, confidence } = span;
  return { fileId: found.fileId, page: page.index, spanStart, spanEnd, boxes, type, confidence };
}

/** Kind, line and place in the line: the same words in a copy of the document give the same. */
function wordsAround(text: string, { start, end, type }: Span): string {
  const from = text.lastIndexOf('\n', start - 1) + 1;
  const to = text.indexOf('\n', end);
  return `${type}|${start - from}|${end - start}|${text.slice(from, to === -1 ? undefined : to)}`;
}
