import { SourceError, type RecordsCase, type RecordsParty } from '../../contracts';
import { contractError, sentence } from '../http/source-errors';
import type { SourceHttp } from '../http/source-http';
import { isWire, optionalCount, wireOf, type Wire } from '../http/wire';
import type { SbsysSettings } from './sbsys-settings';
import { dayOf, idOf, listOf, textOf } from './sbsys-wire';
import { partyOf } from './sbsys-parties';

/**
 * Ids of all cases that a search finds, page by page up to `TotalNumberOfResults`. A sum that is not reached, or that
 * changes on the way, is `truncated`: nothing may be taken for the whole of it.
 */
export async function searchCaseIds(
  http: SourceHttp,
  settings: SbsysSettings,
  field: string,
  cpr: string,
  signal: AbortSignal,
): Promise<string[]> {
  const asked = `the case list (searched by ${field})`;
  const found = new Set<string>();
  let total: number | undefined;
  for (let page = 1; total === undefined || (page - 1) * settings.pageSize < total; page += 1) {
    const body = JSON.stringify({ [field]: { CprNummer: cpr }, PageNumber: page, PageSize: settings.pageSize });
    const headers = { 'content-type': 'application/json' };
    const answer = await http.json({ method: 'POST', path: '/api/sag/search', asked, headers, body }, signal);
    const list = listOf(answer, asked);
    if (list.total === undefined) throw contractError(asked, 'did not say how many cases there are');
    if (total !== undefined && list.total !== total) {
      throw new SourceError('truncated', sentence(asked, 'changed its number of cases while they were read'), true);
    }
    total = list.total;
    for (const item of list.items) found.add(idOf(item, asked));
  }
  if (found.size !== total) {
    const text = sentence(asked, `said ${total} cases and listed ${found.size}; the list is not whole`);
    throw new SourceError('truncated', text, true);
  }
  return [...found];
}

/** A case with its parties. */
export async function readCase(
  http: SourceHttp,
  settings: SbsysSettings,
  id: string,
  signal: AbortSignal,
): Promise<RecordsCase> {
  const asked = `case ${id}`;
  const item = wireOf(await http.json({ method: 'GET', path: `/api/sag/${id}`, asked }, signal), asked);
  if (idOf(item, asked) !== id) throw contractError(asked, 'answered with another case');
  const parts = `the parties of case ${id}`;
  const list = listOf(await http.json({ method: 'GET', path: `/api/sag/${id}/part`, asked: parts }, signal), parts);
  return caseOf(
    id,
    item,
    list.items.map((part) => partyOf(part, settings.partRoles, parts)),
  );
}

function caseOf(id: string, item: Wire, parties: RecordsParty[]): RecordsCase {
  const asked = `case ${id}`;
  const caseNumber = textOf(item, 'Nummer');
  // "27.00.00-G01-1-24" = KLE subject, facet, serial number, year.
  const [, kle, facet] = /^(\d{2}\.\d{2}\.\d{2})-([A-ZÆØÅ]\d{2})-/.exec(caseNumber ?? '') ?? [];
  return {
    sourceCaseId: id,
    caseNumber,
    title: textOf(item, 'Titel', 'SagsTitel') ?? 'Sag uden titel',
    kle,
    facet,
    open: openState(item),
    openedAt: dayOf(item, 'SagsDato'),
    closedAt: dayOf(item, 'AfsluttetDato'),
    parties,
    responsibleUnit: textOf(item, 'Enhed'),
    expected: {
      documents: optionalCount(item, 'AntalDokumenter', asked),
      notes: optionalCount(item, 'AntalJournalnotater', asked),
    },
  };
}

/** Status names are each installation's own: only a closing date or a name that says closed is taken as closed. */
function openState(item: Wire): boolean | undefined {
  if (dayOf(item, 'AfsluttetDato')) return false;
  const status = isWire(item.Sagsstatus) ? textOf(item.Sagsstatus, 'Navn') : undefined;
  return status ? !/afslut|lukket|arkiveret/i.test(status) : undefined;
}
