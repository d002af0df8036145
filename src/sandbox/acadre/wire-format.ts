import type { HeldCase, HeldDocument, HeldNote, HeldParty } from '../records/holdings';

const TYPES = { ind: 'I', ud: 'U', intern: 'N' } as const;

/** What an XML namespace is called is of no account here: the elements are those of the services' description. */
export function envelope(answer: string): string {
  const soap = 'http://schemas.xmlsoap.org/soap/envelope/';
  return `<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="${soap}"><soap:Body>${answer}</soap:Body></soap:Envelope>`;
}

/** The two ends between which a file goes in base64. */
export function aroundFile(): { before: string; after: string } {
  const [before, after] = envelope('<XMLBinary>|</XMLBinary>').split('|');
  return { before, after };
}

export function tag(name: string, ...inner: (string | number | boolean | undefined)[]): string {
  const given = inner.filter((part) => part !== undefined);
  return given.length === 0 ? `<${name}/>` : `<${name}>${given.join('')}</${name}>`;
}

export function text(value: string): string {
  return value.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

/** A case as the search of the web pages gives it. */
export function caseOnPage(held: HeldCase, type: string): object {
  return {
    Id: held.id,
    Title: held.title,
    CaseType: { Literal: type },
    ResponsibleUnit: { Id: 1, Name: held.unit },
    Status: { Literal: held.closedAt ? 'A' : 'B', IsClosed: held.closedAt !== undefined },
    CaseDate: `${held.openedAt}T00:00:00`,
  };
}

export function contactOnPage(party: HeldParty): object {
  return { Id: guidOf(party), DisplayName: party.name, ContactIdentity: party.cpr?.replace('-', ''), ContactType: 1 };
}

/** A case as the service gives it. */
export function caseInXml(held: HeldCase): string {
  const [kle, facet] = held.number.split('-');
  const category = (principle: string, literal: string): string =>
    tag('Category', tag('Principle', principle), tag('Literal', literal));
  return tag(
    'CaseFile3',
    tag('CaseFileIdentifier', held.id),
    tag('CreationDate', `${held.openedAt}T00:00:00`),
    tag('CaseFileTitleText', text(held.title)),
    tag('CaseFileNumberIdentifier', held.number),
    tag('CaseFileStatusCode', held.closedAt ? 'A' : 'B'),
    tag('AdministrativeUnit', tag('AdministrativeUnitReference', text(held.unit))),
    tag('Classification', category('KL Koder', kle), category('Facetter', facet)),
    ...held.parties.map(partyInXml),
    tag('ClosedDate', held.closedAt ? `${held.closedAt}T00:00:00` : '0001-01-01T00:00:00'),
  );
}

export function contactInXml(party: HeldParty): string {
  const [surname, ...given] = party.name.split(' ').reverse();
  const structure = [
    ...given.reverse().map((name) => tag('PersonGivenName', text(name))),
    tag('PersonSurnameName', text(surname)),
  ];
  const identity =
    party.cpr === undefined ? undefined : tag('PersonCivilRegistrationIdentifier', party.cpr.replace('-', ''));
  const isProtected = party.addressProtected === true;
  const name = tag('PersonNameStructure', ...structure);
  return tag('ContactObject', name, identity, tag('NameAddressProtectionIndicator', isProtected));
}

export function containerInXml(held: HeldCase): string {
  const documents = mainDocuments(held).map((document) => {
    const supplements = supplementsOf(held, document.id).map(({ id }) => documentHead(id, ''));
    return tag('DocumentContainer', documentHead(document.id, document.name), tag('Supplements', ...supplements));
  });
  const notes = held.notes.map((note) => tag('MemoType', tag('MemoIdentifier', note.id)));
  const head = tag('Case', tag('CaseFileIdentifier', held.id));
  return tag('CaseContainer', head, tag('Documents', ...documents), tag('Notes', ...notes));
}

export function documentInXml(name: 'DocumentOutput' | 'SupplementResponse', held: HeldDocument): string {
  const record = tag(
    'Record',
    tag('RecordSequenceNumber', held.number),
    tag('DocumentDate', `${held.date}T00:00:00`),
    tag('DocumentTypeCode', TYPES[held.direction]),
  );
  const [file] = held.files;
  const version = file && tag('DocumentVersion', tag('DocumentFileReference', file.id), tag('VersionNumber', 2));
  return tag(name, documentHead(held.id, held.name), version, name === 'DocumentOutput' ? record : undefined);
}

export function memoInXml(note: HeldNote): string {
  return tag(
    'MemoList',
    tag('MemoIdentifier', note.id),
    tag('MemoTitleText', text(note.title)),
    tag('MemoFileReference', `m${note.id}`),
    tag('FileFormat', 'RTF'),
    tag('MemoEventDate', `${note.date}T10:00:00`),
  );
}

/** The file of a note, as Acadre keeps it. */
export function rtfOf(note: HeldNote): Buffer {
  return Buffer.from(`{\\rtf1\\ansi ${note.html.replace(/<[^>]+>/g, '')}\\par}`);
}

export function mainDocuments(held: HeldCase): HeldDocument[] {
  return held.documents.filter(({ parentId }) => parentId === undefined);
}

export function supplementsOf(held: HeldCase, documentId: number): HeldDocument[] {
  return held.documents.filter(({ parentId }) => parentId === documentId);
}

export function guidOf(party: HeldParty): string {
  return Buffer.from(party.cpr ?? party.name).toString('hex');
}

function documentHead(id: number, name: string): string {
  return tag('Document', tag('DocumentIdentifier', id), tag('DocumentTitleText', text(name)));
}

function partyInXml(party: HeldParty): string {
  const relation = tag('PartyRelationTypeLiteral', text(party.part));
  return tag('Party', tag('ContactReference', guidOf(party)), relation, tag('IsPrimary', party.primary === true));
}
