import type { AbsentTerm } from '../../contracts';
import type { AuthoritySettings } from '../../platform/database/authority.entity';
import { foldedTerm } from '../../redaction/looked-for';

/**
 * What was removed from documents, but for the municipality's own telephone and addresses: a document may have lost them
 * with everything else on its foot, and whoever is written to must be told whom to ask.
 */
export function withoutPublicContacts(
  terms: AbsentTerm[],
  { contactPhone, contactEmail, dpoEmail }: AuthoritySettings,
): AbsentTerm[] {
  const known = new Set([contactPhone, contactEmail, dpoEmail].map(foldedTerm));
  return terms.filter(({ text }) => !known.has(foldedTerm(text)));
}

/** What is removed for others is no secret to the one whose name it is, with or without a middle name or a title. */
export function withoutOwnName(terms: AbsentTerm[], name: string): AbsentTerm[] {
  const own = wordsOf(name);
  return terms.filter(({ text, type }) => {
    const said = wordsOf(text);
    return type !== 'NAME' || !(said.every((word) => own.includes(word)) || own.every((word) => said.includes(word)));
  });
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/\p{L}+/gu) ?? [];
}
