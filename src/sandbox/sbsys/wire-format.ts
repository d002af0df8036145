import { sizeOf } from '../records/held-bytes';
import type { HeldCase, HeldDocument, HeldFile, HeldNote, HeldParty } from '../records/holdings';

const DIRECTIONS = { ind: 'Indgående', ud: 'Udgående', intern: 'Intern' } as const;

/** A case as the search and `GET /api/sag/{id}` give it. */
export function caseOnWire(held: HeldCase): object {
  const primary = held.parties.find((party) => party.primary);
  return {
    Id: held.id,
    Nummer: held.number,
    Titel: held.title,
    Enhed: held.unit,
    Sagsstatus: held.closedAt ? { Id: 9, Navn: 'Afsluttet' } : { Id: 6, Navn: 'Aktiv' },
    PrimaryPart: primary && { Navn: primary.name, CprNummer: primary.cpr },
    SagsDato: `${held.openedAt}T00:00:00`,
    AfsluttetDato: held.closedAt ? `${held.closedAt}T00:00:00` : null,
    AntalDokumenter: held.documents.filter((document) => document.parentId === undefined).length,
    AntalJournalnotater: held.notes.length,
  };
}

export function partyOnWire(party: HeldParty, index: number): object {
  return {
    Id: index + 1,
    Navn: party.name,
    CprNummer: party.cpr ?? null,
    Rolle: party.part,
    ErPrimaer: party.primary === true,
    ErMedarbejder: party.employee === true,
    Adresse: party.address ?? null,
    Telefon: party.phone ?? null,
    Email: party.email ?? null,
    Adressebeskyttet: party.addressProtected === true,
  };
}

/** A document with those that are attached to it. */
export function documentOnWire(held: HeldDocument, inCase: HeldCase): object {
  const below = inCase.documents.filter((document) => document.parentId === held.id);
  return {
    Id: held.id,
    SagID: inCase.id,
    Navn: held.name,
    DokumentNummer: held.number,
    DokumentType: held.type,
    DokumentDato: `${held.date}T00:00:00`,
    Retning: DIRECTIONS[held.direction],
    Filer: held.files.map(fileOnWire),
    Underdokumenter: below.map((document) => documentOnWire(document, inCase)),
  };
}

export function noteOnWire(note: HeldNote): object {
  return { Id: note.id, Titel: note.title, Dato: `${note.date}T00:00:00`, Forfatter: note.author, Indhold: note.html };
}

function fileOnWire(file: HeldFile): object {
  const dot = file.name.lastIndexOf('.');
  return { Id: file.id, Navn: file.name.slice(0, dot), Filendelse: file.name.slice(dot + 1), Size: sizeOf(file) };
}
