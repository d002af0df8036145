import { existsSync, readFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { PartyRegister, Span } from '../../src/contracts';
import { accessOf } from '../../src/gathering/register';
import { joinPersons, readRequest } from '../../src/personal-data';
import { registerRole } from '../../src/records/register-role';
import { inconsistencies, type Inconsistency, type VisiblePlace } from '../../src/redaction/checks/consistency';
import { misfilingFinding } from '../../src/redaction/checks/misfiling';
import { foldedWord, type RemovedPassage } from '../../src/redaction/checks/removed-words';
import { wordsOf } from '../../src/redaction/checks/belonging';
import { deliveredTitles } from '../../src/redaction/delivered-title';
import { drawnTerms } from '../../src/redaction/drawn-terms';
import { isLookedFor } from '../../src/redaction/looked-for';
import { occurrencesElsewhere } from '../../src/redaction/same-text';
import { HOME } from '../../src/sandbox/municipality/filing';
import type { HeldCase, HeldParty } from '../../src/sandbox/records/holdings';

export interface PlantedDocument {
  id: string;
  title: string;
  text: string;
}

/** A decision that a caseworker took otherwise than proposed, or on what was not proposed. */
export interface Act {
  document: string;
  words: string;
  decision: 'remove' | 'keep' | 'forget';
  type?: string;
}

const TEXTS = join(HOME, 'texts');

/** The documents and notes of a case of Solby, as text. */
export function documentsOf(held: HeldCase): PlantedDocument[] {
  const documents = held.documents.flatMap(({ id, name, files }): PlantedDocument[] => {
    const path = files[0].content as string;
    const text = join(TEXTS, basename(dirname(path)), `${basename(path)}${path.endsWith('.txt') ? '' : '.txt'}`);
    return existsSync(text) ? [{ id: String(id), title: name, text: readFileSync(text, 'utf8') }] : [];
  });
  const notes = held.notes.map(({ id, title, html }) => ({
    id: `n${id}`,
    title,
    text: `${title}\n${html.replace(/<[^>]+>/g, ' ')}`,
  }));
  return [...documents, ...notes];
}

/** The register of a request for these cases, as gathering makes it. */
export function registerOf(cases: HeldCase[], requester: { name: string; cpr?: string }): PartyRegister {
  const parties = new Map<string, PartyRegister['parties'][number]>();
  for (const party of cases.flatMap((held) => held.parties)) {
    const id = party.name === requester.name ? 'R' : `T${parties.size}`;
    const key = party.cpr ?? party.name;
    const known = parties.get(key);
    if (known) Object.assign(known, { address: known.address ?? party.address, phone: known.phone ?? party.phone });
    else parties.set(key, partyOf(id, party));
  }
  return { case: 'solby', requester: 'R', parties: [...parties.values()] };
}

function partyOf(id: string, party: HeldParty): PartyRegister['parties'][number] {
  const { name, cpr, address, phone, email, employee, addressProtected, part } = party;
  const roleText = registerRole(part);
  const access = id === 'R' ? 'own' : accessOf({ roleText, employee, addressProtected });
  return { id, role: id === 'R' ? 'requester' : roleText, access, name, cpr, address, phone, email };
}

/** A request whose proposals were followed, but for the acts. */
export class PlantedRequest {
  private readonly spans: Map<string, Span[]>;

  constructor(
    private readonly documents: PlantedDocument[],
    private readonly register: PartyRegister,
    private readonly caseNumbers: string[] = [],
    private readonly earlier: PlantedDocument[] = [],
  ) {
    const texts = documents.map(({ id, text }) => ({ id: `${id}:0`, text }));
    const { spans } = joinPersons(texts, readRequest(texts, register), register);
    for (const [id, more] of occurrencesElsewhere(texts, spans)) spans.set(id, [...(spans.get(id) ?? []), ...more]);
    this.spans = spans;
  }

  /** Documents that the check of misfiling stops, by id. */
  misfiled(): string[] {
    return this.documents
      .filter(({ id, text }) => {
        const pages = [{ text, spans: this.spans.get(`${id}:0`) ?? [] }];
        return misfilingFinding({ pages, isAttachment: false }, this.register, this.caseNumbers) !== null;
      })
      .map(({ id }) => id);
  }

  inconsistent(acts: Act[] = []): Inconsistency[] {
    const removed: RemovedPassage[] = [];
    const places: VisiblePlace[] = [];
    for (const { id, text } of this.documents) {
      const place: VisiblePlace = { groupId: id, kind: 'page', fileId: id, page: 0, text, removed: [], kept: [] };
      for (const span of this.spans.get(`${id}:0`) ?? []) {
        const { start, end, type, person: party, role } = span;
        const act = acts.find((each) => each.document === id && text.slice(start, end).includes(each.words));
        if (act?.decision === 'forget') continue;
        const goes = act ? act.decision === 'remove' : span.redact;
        const isAsProposed = goes === span.redact;
        if (!goes) place.kept.push({ start, end, party, proposalId: `${id}:${start}`, isAsProposed });
        else {
          place.removed.push({ start, end });
          const what = { text: text.slice(start, end), type, party, groundId: null, role };
          removed.push({ fileId: id, page: 0, ...what, isDrawn: false, isAsProposed });
        }
      }
      for (const act of acts.filter((each) => each.document === id && each.decision === 'remove' && each.type)) {
        const start = text.indexOf(act.words);
        place.removed.push({ start, end: start + act.words.length });
        const drawn = { text: act.words, type: act.type as string, party: null, groundId: null, role: '' };
        removed.push({ fileId: id, page: 0, isDrawn: true, isAsProposed: false, ...drawn });
      }
      places.push(place);
    }
    const delivered: VisiblePlace[] = this.earlier.map(({ id, text }) => ({
      groupId: id,
      kind: 'earlier',
      fileId: id,
      page: 0,
      text,
      removed: [],
      kept: [],
    }));
    return inconsistencies(removed, [...places, ...this.titles(removed, places), ...delivered], this.keptWords());
  }

  private titles(removed: RemovedPassage[], places: VisiblePlace[]): VisiblePlace[] {
    const kept = new Set(places.flatMap((each) => each.kept.map(({ start, end }) => each.text.slice(start, end))));
    const absent = removed
      .flatMap(({ text, type, isDrawn }) => (isDrawn ? drawnTerms(text, type) : [{ text, type }]))
      .filter(({ text, type }) => isLookedFor(text, type ?? '') && !kept.has(text));
    const titles = this.documents.map(({ id, title }) => ({ id, text: title }));
    return [...deliveredTitles(titles, this.register, absent)].map(([groupId, text]) => ({
      groupId,
      kind: 'title',
      fileId: null,
      page: null,
      text,
      removed: [],
      kept: [],
    }));
  }

  private keptWords(): Set<string> {
    const kept = this.register.parties.filter(({ access }) => ['own', 'employee', 'professional'].includes(access));
    return new Set(kept.flatMap(({ name }) => wordsOf(name).map(foldedWord)));
  }
}
