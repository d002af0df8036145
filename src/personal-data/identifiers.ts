import { addFree, type Finding } from './finding';
import { findAccounts } from './rules/accounts';
import { findAddresses } from './rules/address';
import { findBirthDates } from './rules/birth-date';
import { findEmails, findPlates, findUsernames } from './rules/contact';
import { findCprNumbers } from './rules/cpr';
import { findPhones } from './rules/phone';
import { findReferences } from './rules/references';
import { findSpokenNumbers } from './rules/spoken-number';

const LABELS: Partial<Record<Finding['type'], RegExp>> = {
  CPR: /\((cpr(?:-?nr)?\.?:? )$/u,
  CPR_PARTIAL: /(?:^|[\s(])(cpr\.? )$/u,
  BANK_ACCOUNT: /(?:^|[\s(])(konto )$/u,
};

/**
 * Everything in a text that points at one person by itself, without overlaps: the rule that comes first keeps its place.
 * Addresses come late, since a house number looks like much else.
 */
export function findIdentifiers(text: string, folded: string): Finding[] {
  const rules = [
    () => findEmails(text),
    () => findCprNumbers(text, folded),
    () => findAccounts(text, folded),
    () => findReferences(text),
    () => findPhones(text, folded),
    () => findSpokenNumbers(folded),
    () => findBirthDates(text, folded),
    () => findPlates(text, folded),
    () => findUsernames(text),
    () => findAddresses(text, folded),
  ];
  let found: Finding[] = [];
  for (const rule of rules) {
    const sorted = rule().sort((a, b) => a.start - b.start || b.end - a.end);
    found = addFree(
      found,
      withoutOverlap(sorted).map((finding) => withLabel(finding, folded)),
    );
  }
  return found.sort((a, b) => a.start - b.start);
}

function withoutOverlap(sorted: Finding[]): Finding[] {
  const kept: Finding[] = [];
  for (const finding of sorted) {
    const last = kept.at(-1);
    if (!last || finding.start >= last.end) kept.push(finding);
    else if (finding.end - finding.start > last.end - last.start) kept[kept.length - 1] = finding;
  }
  return kept;
}

/** `(cpr. …` and `konto …`: the word that names the number goes with it, since alone it says that a number was there. */
function withLabel(finding: Finding, folded: string): Finding {
  const label = LABELS[finding.type]?.exec(folded.slice(Math.max(0, finding.start - 14), finding.start))?.[1];
  return label ? { ...finding, start: finding.start - label.length } : finding;
}
