import type { RecordsCase, RecordsParty } from '../../contracts';
import type { Asked } from '../http/source-errors';
import {
  optionalCount,
  optionalDay,
  optionalText,
  requiredCount,
  requiredId,
  requiredText,
  wireOf,
  wiresOf,
  type Wire,
} from '../http/wire';
import type { NovaCalls } from './nova-calls';

const ASKED = 'the case list';

/** Nova gives only the fields that are asked for. */
const CASE_OUTPUT = {
  caseAttributes: { title: true, userFriendlyCaseNumber: true, caseDate: true },
  caseParty: { index: true, identificationType: true, identification: true, participantRole: true, name: true },
  state: { activeCode: true, progressState: true },
  numberOfDocuments: true,
  numberOfJournalNotes: true,
  caseClassification: { kleNumber: { code: true }, proceedingFacet: { code: true } },
  caseworker: { kspIdentity: { fullName: true } },
  responsibleDepartment: { losIdentity: { fullName: true } },
};

/** All cases in which the number is a party, whatever its role and whatever the state of the case. */
export async function findCases(calls: NovaCalls, cpr: string, signal: AbortSignal): Promise<RecordsCase[]> {
  const caseParty = { identificationType: 'CprNummer', identification: cpr };
  const rows = await calls.rows(
    async (paging) => {
      const answer = await calls.read('Case/GetList', { paging, caseParty, caseGetOutput: CASE_OUTPUT }, ASKED, signal);
      return caseRows(answer, ASKED);
    },
    (row) => caseIdOf(row, ASKED),
    ASKED,
  );
  return rows.map(caseOf);
}

/** The cases of an answer, and the number of rows it states. */
export function caseRows(answer: unknown, asked: Asked): { rows: Wire[]; stated: number } {
  const { pagingInformation, cases } = wireOf(answer, asked);
  const stated = requiredCount(wireOf(pagingInformation, asked), 'numberOfRows', asked);
  // An answer without rows comes without the list.
  return { rows: stated === 0 && cases == null ? [] : wiresOf(cases, asked), stated };
}

function caseIdOf(row: Wire, asked: Asked): string {
  return requiredId(wireOf(row.common, asked), 'uuid', asked);
}

function caseOf(row: Wire): RecordsCase {
  const attributes = wireOf(row.caseAttributes, ASKED);
  const state = wireOf(row.state, ASKED);
  const classification = wireOf(row.caseClassification ?? {}, ASKED);
  const progress = requiredText(state, 'progressState', ASKED);
  return {
    sourceCaseId: caseIdOf(row, ASKED),
    caseNumber: optionalText(attributes, 'userFriendlyCaseNumber', ASKED),
    title: optionalText(attributes, 'title', ASKED) ?? 'Sag uden titel',
    kle: codeOf(classification.kleNumber),
    facet: codeOf(classification.proceedingFacet),
    open: progress !== 'Afsluttet',
    openedAt: optionalDay(attributes, 'caseDate', ASKED),
    parties: [...wiresOf(row.caseParties, ASKED).map(partyOf), ...caseworkerOf(row)],
    responsibleUnit: nameOf(row.responsibleDepartment, 'losIdentity'),
    expected: {
      documents: optionalCount(row, 'numberOfDocuments', ASKED),
      notes: optionalCount(row, 'numberOfJournalNotes', ASKED),
    },
  };
}

function partyOf(party: Wire): RecordsParty {
  const part = requiredText(party, 'participantRole', ASKED);
  const isPerson = party.identificationType === 'CprNummer';
  return {
    role: part === 'Primær' ? 'primary' : 'secondary',
    roleText: part,
    name: optionalText(party, 'name', ASKED) ?? 'Part uden navn i Nova',
    cpr: isPerson ? optionalText(party, 'identification', ASKED) : undefined,
  };
}

function caseworkerOf(row: Wire): RecordsParty[] {
  const name = nameOf(row.caseworker, 'kspIdentity');
  return name ? [{ role: 'other', roleText: 'caseworker', name, employee: true }] : [];
}

function nameOf(holder: unknown, identity: string): string | undefined {
  const inner = wireOf(wireOf(holder ?? {}, ASKED)[identity] ?? {}, ASKED);
  return optionalText(inner, 'fullName', ASKED);
}

function codeOf(classified: unknown): string | undefined {
  return optionalText(wireOf(classified ?? {}, ASKED), 'code', ASKED);
}
