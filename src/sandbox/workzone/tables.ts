import { sizeOf } from '../records/held-bytes';
import type { HeldCase, HeldCaseless, HeldDocument, HeldFile, HeldNote, HeldParty } from '../records/holdings';

export type Row = Record<string, unknown> & { ID: string };
export type Tables = Record<string, Row[]>;

const TYPES = { ind: 'I', ud: 'U', intern: 'N' } as const;

/** The holdings as the sets of a WorkZone data model: cases are Files, documents are Records, bytes are Documents. */
export function tablesOf(cases: HeldCase[], caseless: HeldCaseless[]): Tables {
  const contacts = new Map<string, Row>();
  const contactOf = (party: HeldParty): Row => {
    const key = party.cpr ?? `${party.employee ? 'M' : 'F'} ${party.name}`;
    const row = contacts.get(key) ?? contactRow(party, String(7000 + contacts.size));
    contacts.set(key, row);
    return row;
  };
  const tables: Tables = {
    Files: cases.map(fileRow),
    FileRefs: cases.flatMap((held) => (held.parentId === undefined ? [] : [partRow(held)])),
    FileContacts: cases.flatMap((held) =>
      held.parties.map((party, nth) => partyRow(held, party, nth, contactOf(party))),
    ),
    Records: [
      ...cases.flatMap((held) => [
        ...held.documents.flatMap((document) => recordRows(document, String(held.id))),
        ...held.notes.map((note) => noteRow(note, String(held.id))),
      ]),
      // What the account may not see is in no list of records.
      ...caseless.flatMap((document) => (document.forbidden ? [] : recordRows(document, null))),
    ],
    RecordContacts: caseless.flatMap((document) =>
      document.parties.map((party, nth) => ({
        ID: `${document.id}${nth}`,
        RecordKey_Value: String(document.id),
        NameKey_Value: contactOf(party).ID,
      })),
    ),
  };
  return { ...tables, Contacts: [...contacts.values()] };
}

function contactRow(party: HeldParty, ID: string): Row {
  const NameType_Value = party.employee ? 'M' : party.cpr ? 'C' : 'F';
  return { ID, Name1: party.name, NameType_Value, NameCode: party.cpr?.replace('-', '') ?? ID };
}

function fileRow(held: HeldCase): Row {
  return {
    ID: String(held.id),
    FileNo: held.number,
    Title: held.title,
    FileClass_Value: held.number.slice(0, 8),
    Created: held.openedAt,
    Closed: held.closedAt ?? null,
    ResponsibleOU_Value: held.unit,
  };
}

function partRow(held: HeldCase): Row {
  const keys = { FileKey_Value: String(held.parentId), FileRefKey_Value: String(held.id) };
  return { ID: `${held.id}1`, ...keys, CustomLabel_Value: 'Undersag' };
}

function partyRow(held: HeldCase, party: HeldParty, nth: number, contact: Row): Row {
  const keys = { FileKey_Value: String(held.id), NameKey_Value: contact.ID };
  return { ID: `${held.id}${nth}`, ...keys, CustomLabel_Value: party.primary ? 'Sagspart' : party.part, Name: contact };
}

/** A record has one file at most: the second one of a document is a supplementary record. */
function recordRows(document: HeldDocument, caseId: string | null): Row[] {
  const ID = String(document.id);
  const [first, ...more] = document.files;
  const main = document.parentId === undefined ? undefined : String(document.parentId);
  const row = {
    ...recordRow(document, caseId),
    ID,
    Document: first ? documentOf(first) : null,
    RecordRefs: refs(main),
  };
  const supplements = more.map((file) => ({
    ...recordRow(document, caseId),
    ID: `${ID}-${file.id}`,
    Title: file.name,
    Document: documentOf(file),
    RecordRefs: refs(ID),
  }));
  return [row, ...supplements];
}

function recordRow(document: HeldDocument, caseId: string | null): Omit<Row, 'ID'> {
  return {
    RecordNo: document.number,
    Title: document.name,
    RecordType_Value: TYPES[document.direction],
    State_Value: document.draft ? 'UÅ' : 'ARK',
    LetterDate: document.date,
    FileKey_Value: caseId,
    Text: null,
  };
}

/** What WorkZone calls information: a record of a title and a text, without a file. */
function noteRow(note: HeldNote, caseId: string): Row {
  return {
    ID: `9${note.id}`,
    RecordNo: `9${note.id}`,
    Title: note.title,
    RecordType_Value: 'N',
    State_Value: 'ARK',
    LetterDate: note.date,
    FileKey_Value: caseId,
    Document: null,
    Text: { Text: note.html.replace(/<[^>]+>/g, '') },
    RecordRefs: [],
  };
}

function documentOf(file: HeldFile): object {
  return { ID: String(file.id), SuggestedFileName: file.name, Size: sizeOf(file) };
}

function refs(main?: string): object[] {
  return main === undefined ? [] : [{ ID: `${main}9`, CustomLabel_Value: 'Hoveddokument', RecordRefKey_Value: main }];
}
