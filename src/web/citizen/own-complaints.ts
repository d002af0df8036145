import type { EntityManager } from 'typeorm';
import { aboutInWords } from '../../delivery/appeal-file/appeal-words';
import { Complaint, type ComplaintOutcome } from '../../delivery/complaints/complaint.entity';
import { documentNumbers } from '../../delivery/complaints/document-numbers';
import { longDate } from '../../law';
import type { OwnComplaint } from '../views/klager';

const OUTCOMES: Record<ComplaintOutcome, (body: string) => string> = {
  upheld: (body) => `${body} er enig i vores svar.`,
  changed: (body) => `${body} har ændret vores svar. Det fremgår af deres afgørelse, hvad det betyder for dig.`,
  remitted: (body) => `${body} har bedt os om at svare dig igen. Det gør vi, normalt inden 7 arbejdsdage.`,
  rejected: (body) => `${body} behandler ikke klagen. Det fremgår af deres brev, hvorfor.`,
  withdrawn: () => 'Klagen er trukket tilbage.',
};

/** A citizen's complaints over a request, with where each is. */
export async function ownComplaints(entities: EntityManager, requestId: string): Promise<OwnComplaint[]> {
  const rows = await entities.find(Complaint, { where: { requestId }, order: { position: 'ASC' } });
  const numbers = await documentNumbers(entities, requestId);
  return rows.map((row) => {
    const number = numbers.get(row.documentId ?? '') ?? null;
    return {
      title: `Klage over ${aboutInWords(row, number)}`,
      receivedOn: row.receivedOn,
      status: statusOf(row),
      where: whereInWords(row),
    };
  });
}

function statusOf({ state, outcome }: Complaint): OwnComplaint['status'] {
  if (outcome === 'withdrawn') return { word: 'Trukket tilbage', tone: 'neutral' };
  if (state === 'closed') return { word: 'Afgjort', tone: 'done' };
  return state === 'forwarded' ? { word: 'Hos klageinstansen', tone: 'active' } : { word: 'Hos os', tone: 'active' };
}

function whereInWords({ state, sendTo, body, dueOn, forwardedOn, outcome, outcomeBy }: Complaint): string {
  const hearer = body ?? 'klageinstansen';
  if (outcome !== null && outcomeBy === 'municipality')
    return 'Vi har set på svaret igen og giver dig ret. Du hører fra os om, hvad du får.';
  if (outcome !== null) return OUTCOMES[outcome](hearer);
  if (state === 'forwarded') return `${hearer} har klagen. Vi sendte den ${longDate(forwardedOn as string)}.`;
  if (state === 'upheld') return `Vi har set på svaret igen og fastholder det. Vi sender klagen til ${hearer}.`;
  if (sendTo === 'municipality')
    return `Vi ser på svaret igen. Fastholder vi det, sender vi klagen til ${hearer}, normalt senest ${longDate(dueOn)}.`;
  return body === null
    ? 'Vi finder ud af, hvem der skal behandle klagen, og sender den straks videre.'
    : `${body} skal behandle klagen. Vi sender den straks videre.`;
}
