import type { RecordsCase, RunContext } from '../../contracts';
import { readOrGap } from '../http/found-gaps';

import { optionalDay, optionalText, requiredId, requiredText, type Wire } from '../http/wire';
import { isOneOf, literal, type OData } from './odata';
import { contactsOf, partiesOf } from './workzone-parties';
import type { WorkZoneSettings } from './workzone-settings';

const FIELDS = ['ID', 'FileNo', 'Title', 'FileClass_Value', 'Created', 'Closed', 'ResponsibleOU_Value'];

/** Ids of the cases that a citizen is a party of, under any label: open and closed, whatever their age. */
export async function caseIdsOf(
  odata: OData,
  settings: WorkZoneSettings,
  cpr: string,
  signal: AbortSignal,
): Promise<string[]> {
  const asked = 'the case list';
  const found = new Set<string>();
  for (const contact of await contactsOf(odata, settings, cpr, signal)) {
    const filter = `NameKey_Value eq ${literal(contact)}`;
    const query = { set: 'FileContacts', select: ['ID', 'FileKey_Value'], filter, asked };
    for (const link of await odata.all(query, signal)) found.add(requiredId(link, 'FileKey_Value', asked));
  }
  return [...found];
}

/** A case and, below it, its parts, in which the citizen need not be named; `seen` holds what was given before. */
export async function* caseWithParts(
  odata: OData,
  settings: WorkZoneSettings,
  id: string,
  seen: Set<string>,
  context: RunContext,
  parent?: string,
): AsyncGenerator<RecordsCase> {
  if (seen.has(id)) return;
  seen.add(id);
  const subject = { sourceCaseId: id, name: `Sagen med id ${id}` };
  const found = await readOrGap(readCase(odata, settings, id, context.signal), subject, context);
  if (!found) return;
  yield { ...found, parentSourceCaseId: parent };
  for (const part of await partIdsOf(odata, settings, id, context.signal)) {
    yield* caseWithParts(odata, settings, part, seen, context, id);
  }
}

async function partIdsOf(odata: OData, settings: WorkZoneSettings, id: string, signal: AbortSignal): Promise<string[]> {
  if (settings.subCaseLabels.length === 0) return [];
  const asked = `the parts of case ${id}`;
  const filter = `FileKey_Value eq ${literal(id)} and ${isOneOf('CustomLabel_Value', settings.subCaseLabels)}`;
  const query = { set: 'FileRefs', select: ['ID', 'FileRefKey_Value'], filter, asked };
  return (await odata.all(query, signal)).map((row) => requiredId(row, 'FileRefKey_Value', asked));
}

async function readCase(
  odata: OData,
  settings: WorkZoneSettings,
  id: string,
  signal: AbortSignal,
): Promise<RecordsCase> {
  const asked = `case ${id}`;
  const row = await odata.one({ set: 'Files', select: FIELDS, asked }, id, signal);
  const closedAt = optionalDay(row, 'Closed', asked);
  return {
    sourceCaseId: id,
    caseNumber: optionalText(row, 'FileNo', asked),
    title: requiredText(row, 'Title', asked),
    ...kleOf(row, asked),
    open: closedAt === undefined,
    openedAt: optionalDay(row, 'Created', asked),
    closedAt,
    parties: await partiesOf(odata, settings, id, signal),
    responsibleUnit: optionalText(row, 'ResponsibleOU_Value', asked),
  };
}

/** The case group is the KLE subject where a municipality has made it so; the facet stands in its case numbers only. */
function kleOf(row: Wire, asked: string): { kle?: string; facet?: string } {
  const group = optionalText(row, 'FileClass_Value', asked);
  const [, subject, facet] =
    /^(\d{2}\.\d{2}\.\d{2})-([A-ZÆØÅ]\d{2})-/.exec(optionalText(row, 'FileNo', asked) ?? '') ?? [];
  return { kle: /^\d{2}\.\d{2}\.\d{2}$/.test(group ?? '') ? group : subject, facet };
}
