import type { PageText } from '../contracts';
import type { Proposal } from './proposal.entity';
import type { ProposalText } from './proposals-of-file';

const REASON = 'En medarbejder har valgt, at teksten skal fjernes overalt.';

/** Texts of the proposals that a choice about words made: they are what stands on the page, and are stored nowhere else. */
export function textsOfMade(pages: PageText[], proposals: readonly Proposal[]): Record<string, ProposalText> {
  const texts = new Map(pages.map(({ index, text }) => [index, text]));
  const made = proposals.filter(({ madeBy }) => madeBy !== null);
  return Object.fromEntries(
    made.map(({ id, page, spanStart, spanEnd }) => [
      id,
      { text: (texts.get(page) ?? '').slice(spanStart, spanEnd), reason: REASON },
    ]),
  );
}
