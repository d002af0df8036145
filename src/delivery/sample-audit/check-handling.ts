import { longDate } from '../../law';
import type { Complaint } from '../complaints/complaint.entity';
import type { AuditedDelivery } from './audited-delivery';
import type { Evidence } from './points';

const counted = (count: number, one: string, many: string): string => `${count} ${count === 1 ? one : many}`;

/** Point 3: every document that the sources listed lies here, and every one is on the list with an answer. */
export function checkDocumentList({ sources, request }: AuditedDelivery): Evidence {
  const { unfinished, byHand, listed, held, undecided, inProtectedCases } = sources;
  const lines = [
    `Kilderne oplyste ${counted(listed, 'dokument', 'dokumenter')}, og ${held} er hentet.`,
    ...(unfinished > 0 ? [`${counted(unfinished, 'kilde er', 'kilder er')} ikke søgt færdigt.`] : []),
    ...(undecided > 0 ? [`${counted(undecided, 'fil', 'filer')} kunne ikke læses og er ikke afgjort.`] : []),
    ...(inProtectedCases > 0
      ? [
          `${counted(inProtectedCases, 'dokument er', 'dokumenter er')} ikke på listen, fordi sagens eksistens er beskyttet.`,
        ]
      : []),
    ...(byHand > 0
      ? [`${counted(byHand, 'kilde er', 'kilder er')} søgt i hånden. Se efter i fagsystemet, om alt kom med.`]
      : []),
  ];
  const href = `/arkiv/log?anmodning=${request.number}`;
  if (unfinished > 0 || undecided > 0 || held < listed) return { verdict: 'wrong', lines, href };
  return { verdict: byHand > 0 || held > listed ? 'doubt' : 'right', lines, href };
}

/** Point 9. Delivery does not wait for it (OFL § 15: as soon as possible), so something may still be under way. */
export function checkJournal({ journal, delivery }: AuditedDelivery, now: Date): Evidence {
  const own = journal.filter(({ decisionId }) => decisionId === null || decisionId === delivery.decisionId);
  const missing = (['request', 'decision', 'package'] as const).filter(
    (kind) => !own.some((entry) => entry.kind === kind),
  );
  const open = own.filter(({ state }) => state !== 'journalised');
  const isLate = open.some(({ state, dueAt }) => state === 'failed' || dueAt < now);
  const done = own.length - open.length;
  const lines = [
    `${counted(done, 'post er', 'poster er')} journaliseret${open.length > 0 ? `, ${open.length} mangler` : ''}.`,
    ...(missing.length > 0 ? [`${counted(missing.length, 'post er', 'poster er')} aldrig sat i gang.`] : []),
  ];
  const href = `/arkiv/leverancer/${delivery.id}#journal`;
  if (missing.length > 0 || isLate) return { verdict: 'wrong', lines, href };
  return { verdict: open.length > 0 ? 'doubt' : 'right', lines, href };
}

/** Point 10. OFL § 37, stk. 2: reconsidered and forwarded within seven working days. What came past this system is not here. */
export function checkComplaints({ complaints, request }: AuditedDelivery, today: string): Evidence {
  const href = `/sagsbehandling/${request.id}/klager`;
  if (complaints.length === 0)
    return {
      verdict: 'unknown',
      lines: ['Der er ikke registreret en klage. Se i sagen, om borgeren har klaget på anden måde.'],
      href,
    };
  const dealtWithOn = ({ forwardedOn, outcomeOn }: Complaint): string | null => forwardedOn ?? outcomeOn;
  const late = complaints.filter((each) => (dealtWithOn(each) ?? today) > each.dueOn);
  const lines = complaints.map((each) => {
    const on = dealtWithOn(each);
    return `Klage ${each.position}: frist ${longDate(each.dueOn)}, ${on === null ? 'ikke behandlet endnu' : `behandlet ${longDate(on)}`}.`;
  });
  const isOpen = complaints.some((each) => dealtWithOn(each) === null);
  return { verdict: late.length > 0 ? 'wrong' : isOpen ? 'doubt' : 'right', lines, href };
}

/** Point 11. */
export function checkReading({ onlookers, request }: AuditedDelivery): Evidence {
  const href = `/arkiv/log?anmodning=${request.number}&handling=vault.read`;
  if (onlookers === 0)
    return { verdict: 'right', lines: ['Alle, der har åbnet indhold, har selv handlet i anmodningen.'], href };
  return {
    verdict: 'doubt',
    lines: [
      `${counted(onlookers, 'medarbejder', 'medarbejdere')} har åbnet indhold uden selv at have handlet i anmodningen. Se i loggen, hvem og hvorfor.`,
    ],
    href,
  };
}
