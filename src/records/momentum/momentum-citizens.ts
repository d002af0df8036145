import { SourceError, type RecordsCase, type RecordsParty, type RunContext } from '../../contracts';
import { readOrGap } from '../http/found-gaps';
import { sentence } from '../http/source-errors';
import {
  optionalCount,
  optionalDay,
  optionalFlag,
  optionalText,
  requiredId,
  requiredText,
  wireOf,
  type Wire,
} from '../http/wire';
import { reportGap } from '../reporting';
import { registerRole } from '../register-role';
import type { MomentumHttp } from './momentum-http';
import type { MomentumSettings } from './momentum-settings';

const PRIVATE_CONTACT = 2;

/**
 * The records that Momentum holds on a citizen, each a case here. The look-up by number gives one record at most; former
 * and ended ones are found by the search, which is asked for active and for inactive records: it gives active ones only
 * when it is not told otherwise.
 */
export async function* recordsOnCitizen(
  http: MomentumHttp,
  settings: MomentumSettings,
  cprs: string[],
  context: RunContext,
): AsyncGenerator<RecordsCase> {
  const numbers = cprs.map(digitsOf);
  const ids = new Set<string>();
  // What the look-up gives for a former number is the citizen's, whichever number it stands on today.
  const lookedUp = new Set<string>();
  for (const cpr of numbers) {
    const current = await currentRecord(http, cpr, context.signal);
    if (current !== undefined) lookedUp.add(current);
    if (current !== undefined) ids.add(current);
    for (const isActive of [true, false]) {
      for (const id of await searchedRecords(http, cpr, isActive, context.signal)) ids.add(id);
    }
  }
  let strangers = 0;
  for (const id of ids) {
    const subject = { sourceCaseId: id, name: `Borgerens forløb med id ${id}` };
    const expected = lookedUp.has(id) ? 'any number' : numbers;
    const found = await readOrGap(readRecord(http, settings, id, expected, context.signal), subject, context);
    if (found === 'stranger') {
      strangers += 1;
      reportMention(id, context);
    } else if (found) yield found;
  }
  context.reportClaim?.({ of: 'cases', count: ids.size - strangers });
}

/** A free search finds the record of somebody else, in which the number stands: whether it belongs here is for a person. */
function reportMention(id: string, context: RunContext): void {
  const cause = new SourceError(
    'contract',
    sentence('the citizens', `named record ${id}, which is about another`),
    false,
  );
  const text = `Det søgte nummer står i forløbet med id ${id}, som er oprettet på et andet nummer. Vurder i Momentum, om noget hører med.`;
  reportGap(context, { kind: 'pointer', sourceCaseId: id, sentence: text }, cause);
}

/** 404 is this look-up's definite "nobody". */
async function currentRecord(http: MomentumHttp, cpr: string, signal: AbortSignal): Promise<string | undefined> {
  const asked = 'the citizen, by number';
  try {
    const found = wireOf(await http.get(`citizens/find?cpr=${cpr}`, asked, signal), asked);
    return requiredId(found, 'citizenId', asked);
  } catch (error) {
    if (error instanceof SourceError && error.errorClass === 'not_found') return undefined;
    throw error;
  }
}

async function searchedRecords(
  http: MomentumHttp,
  cpr: string,
  isActive: boolean,
  signal: AbortSignal,
): Promise<string[]> {
  const asked = `the ${isActive ? 'active' : 'inactive'} citizens`;
  const bodyOf = (skip: number): object => ({
    term: cpr,
    size: http.pageSize,
    skip,
    allowedCategories: ['Citizen'],
    parentId: null,
    isActive,
    hasUserId: null,
    isPhoneNumbersOnly: null,
    includeInternalUsers: false,
  });
  const found = await http.all('search', bodyOf, { items: 'results', total: 'totalCount' }, asked, signal);
  return found.map((item) => requiredId(item, 'id', asked));
}

/** The record, or `stranger` for one that stands on none of these numbers. */
async function readRecord(
  http: MomentumHttp,
  settings: MomentumSettings,
  id: string,
  numbers: string[] | 'any number',
  signal: AbortSignal,
): Promise<RecordsCase | 'stranger'> {
  const asked = `citizen ${id}`;
  const record = wireOf(await http.get(`citizens/${id}`, asked, signal), asked);
  const cpr = requiredText(record, 'cpr', asked);
  if (numbers !== 'any number' && !numbers.includes(digitsOf(cpr))) return 'stranger';
  const citizen: RecordsParty = {
    role: 'primary',
    roleText: 'citizen',
    name: requiredText(record, 'name', asked),
    cpr,
  };
  return {
    sourceCaseId: id,
    title: 'Beskæftigelsesforløb',
    open: optionalFlag(record, 'isActive', asked),
    openedAt: optionalDay(record, 'createdAt', asked),
    parties: [citizen, ...(await contactsOf(http, settings, id, signal))],
    responsibleUnit: optionalText(record, 'responsibleUnit', asked),
  };
}

/** Caseworkers and private contacts, those of today and those whose time has ended. */
async function contactsOf(
  http: MomentumHttp,
  settings: MomentumSettings,
  id: string,
  signal: AbortSignal,
): Promise<RecordsParty[]> {
  const asked = `the contacts of citizen ${id}`;
  const bodyOf = (from: number): object => ({
    columns: ['name', 'type', 'responsibilityTypeCode', 'startDate', 'endDate'],
    paging: { pageNumber: from / http.pageSize, pageSize: http.pageSize },
    sort: [{ fieldName: 'startDate', ascending: true }],
    filters: [],
    term: '',
  });
  const shape = { items: 'data', total: 'totalSearchCount' } as const;
  const found = await http.all(`citizens/${id}/searchContacts`, bodyOf, shape, asked, signal);
  return found.map((contact) => contactOf(contact, settings, asked));
}

function contactOf(contact: Wire, settings: MomentumSettings, asked: string): RecordsParty {
  const isPrivate = optionalCount(contact, 'type', asked) === PRIVATE_CONTACT;
  const code = optionalText(contact, 'responsibilityTypeCode', asked) ?? '';
  return {
    role: isPrivate ? 'secondary' : 'other',
    roleText: isPrivate ? registerRole(code, settings.partRoles) : registerRole('Sagsbehandler', {}),
    name: requiredText(contact, 'name', asked),
    employee: !isPrivate,
  };
}

function digitsOf(cpr: string): string {
  return cpr.replace(/\D/g, '');
}
