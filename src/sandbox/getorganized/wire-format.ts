import { sizeOf } from '../records/held-bytes';
import type { HeldCase, HeldDocument, HeldParty } from '../records/holdings';

const DIRECTIONS = { ind: 'Indgående', ud: 'Udgående', intern: 'Intern' } as const;

/** `EMN-2024-000007`, and `EMN-2024-000007-012` for its sub-case 12; the number can be read back by {@link numberOf}. */
export function caseIdOf({ id, parentId }: Pick<HeldCase, 'id' | 'parentId'>): string {
  const main = `EMN-2024-${String(parentId ?? id).padStart(6, '0')}`;
  return parentId === undefined ? main : `${main}-${String(id).padStart(3, '0')}`;
}

export function numberOf(caseId: string): number {
  return Number(caseId.split('-').pop());
}

/** The metadata of a case: one row of attributes, as text in JSON. */
export function caseMetadata(held: HeldCase): object {
  const kle = /^\d{2}\.\d{2}\.\d{2}/.exec(held.number)?.[0];
  const worker = held.parties.find(({ employee }) => employee);
  const others = held.parties.filter(({ primary, employee }) => !primary && !employee);
  return rowOf({
    ows_Title: held.title,
    ows_CaseStatus: held.closedAt ? 'Afsluttet' : 'Åben',
    ows_KLENummer: kle,
    ows_Facet: held.number.split('-')[1],
    ows_Afdeling: held.unit,
    ows_Created: `${held.openedAt} 10:00:00`,
    ows_CaseUrl: `cases/EMN1/${caseIdOf(held)}`,
    ows_CCMContactData: held.parties
      .filter(({ primary }) => primary)
      .map(contactOf)
      .join(''),
    ows_Parter: others.map(contactOf).join(''),
    ows_CaseOwner: worker && `12;#${worker.name}`,
    ows_CCMParentCase: held.parentId === undefined ? undefined : `${caseIdOf({ id: held.parentId })};#EMN`,
  });
}

export function documentMetadata(held: HeldDocument, address: string): object {
  const [file] = held.files;
  return rowOf({
    ows_Title: held.name,
    ows_File_x0020_Type: file.name.split('.').pop(),
    ows_File_x0020_Size: String(sizeOf(file)),
    ows__UIVersionString: '1.0',
    ows_EncodedAbsUrl: address,
  });
}

export function listedRow(held: HeldDocument, isSizeShown: boolean): object {
  const [file] = held.files;
  return {
    DocID: String(held.id),
    CaseRecordNumber: held.number,
    Title: held.name,
    'FileLeafRef.Name': file.name,
    // SharePoint shows the size only where the view asks for it.
    ...(isSizeShown ? { File_x0020_Size: String(sizeOf(file)) } : {}),
    Dato: held.date.split('-').reverse().join('-'),
    Korrespondance: DIRECTIONS[held.direction],
  };
}

export function contactOf(party: HeldParty): string {
  return `${party.name};#17;#${party.cpr?.replace('-', '') ?? ''};#;#`;
}

function rowOf(attributes: Record<string, string | undefined>): object {
  const given = Object.entries(attributes).filter(([, value]) => value !== undefined);
  const text = given.map(([name, value]) => `${name}="${escaped(value ?? '')}"`).join(' ');
  return { Metadata: `<z:row xmlns:z="#RowsetSchema" ${text} />` };
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
