import { moment } from '../../law';
import { reasonForRole } from '../../personal-data';
import { isSensitiveRole, proposedGround } from '../../redaction/proposed-ground';
import type { Proposal } from '../../redaction/proposal.entity';
import type { Redaction } from '../../redaction/redaction.entity';
import type { ReviewProposal, ShownBox } from '../views/gennemgang';
import { earlierDecision } from './earlier-decision';
import { kindName } from './kinds-of-information';
import type { PageInReview } from './page-in-review';
import { reasonInWords, roleInWords } from './roles-in-words';
import { shownBox } from './shown-place';

/** Proposals of a page in reading order, and after them what people added themselves. */
export function reviewProposals(page: PageInReview, now: Date): ReviewProposal[] {
  const decisions = new Map(page.redactions.flatMap((each) => (each.proposalId ? [[each.proposalId, each]] : [])));
  const added = page.redactions.filter((each) => each.proposalId === null).reverse();
  return [
    ...page.proposals.map((proposal) => proposalView(page, proposal, decisions.get(proposal.id), now)),
    ...added.map((redaction) => addedView(page, redaction, now)),
  ];
}

function proposalView(
  page: PageInReview,
  proposal: Proposal,
  decision: Redaction | undefined,
  now: Date,
): ReviewProposal {
  const said = page.texts[proposal.id];
  const party = page.register.parties.find((each) => each.id === proposal.partyKey);
  const remembered = page.remembered.get(proposal.id);
  const earlier = remembered ? earlierDecision(proposal, party?.access ?? null, remembered) : null;
  return {
    id: proposal.id,
    boxes: boxesOf(page, proposal.boxes),
    state: decision?.decision ?? 'proposed',
    suggestion: earlier?.suggestion ?? (proposal.redact ? 'remove' : 'keep'),
    earlier: earlier?.sentence,
    kind: kindName(proposal.type),
    text: said?.text ?? '',
    person: party ? `${party.name}, ${roleInWords(party.role)}` : null,
    reason: reasonInWords(reasonOf(page, proposal, said?.reason ?? ''), (key) => nameOf(page, key)),
    isProtected: party?.access === 'protected' || isSensitiveRole(proposal.role),
    needsSecondPerson: isSensitiveRole(proposal.role),
    groundId: decision?.groundId ?? earlier?.groundId ?? proposedGround(page.document.basis, proposal.role),
    decidedBy: decision ? decidedBy(page, decision, now) : undefined,
  };
}

/** What an employee has said of a person is newer than the sentence that the detector wrote. */
function reasonOf({ register }: PageInReview, proposal: Proposal, written: string): string {
  const { type, partyKey, foundKey, judgedBy, redact, madeBy } = proposal;
  const person = register.parties.find((each) => each.id === partyKey) ?? null;
  const isJudged = judgedBy !== null || (madeBy === null && partyKey !== foundKey);
  return isJudged && person ? reasonForRole(type, person, redact, 'en medarbejder har sagt, hvem det er') : written;
}

function addedView(page: PageInReview, redaction: Redaction, now: Date): ReviewProposal {
  return {
    id: redaction.id,
    boxes: boxesOf(page, redaction.boxes),
    state: redaction.decision,
    kind: kindName(redaction.type),
    text: textUnder(page, redaction),
    person: null,
    reason: 'Tilføjet af en medarbejder. Vælg »Behold« for at tage det tilbage.',
    isProtected: isSensitiveRole(redaction.role),
    needsSecondPerson: isSensitiveRole(redaction.role),
    groundId: redaction.groundId,
    decidedBy: decidedBy(page, redaction, now),
  };
}

function decidedBy({ staffNames }: PageInReview, { decidedBy: staffId, decidedAt }: Redaction, now: Date): string {
  return `${staffNames.get(staffId) ?? 'En medarbejder'} ${moment(decidedAt, now)}`;
}

function nameOf({ register }: PageInReview, key: string): string | undefined {
  return register.parties.find((party) => party.id === key)?.name;
}

function boxesOf({ text }: PageInReview, boxes: Proposal['boxes']): ShownBox[] {
  return text ? boxes.map((box) => shownBox(text, box)) : [];
}

/** The words that an added box covers. */
function textUnder({ text }: PageInReview, { boxes }: Redaction): string {
  const isUnder = (x: number, y: number) =>
    boxes.some((box) => x >= box[0] && x <= box[2] && y >= box[1] && y <= box[3]);
  const words = (text?.words ?? []).filter(({ box }) => isUnder((box[0] + box[2]) / 2, (box[1] + box[3]) / 2));
  return words.map((word) => word.text).join(' ') || 'et felt uden tekst';
}
