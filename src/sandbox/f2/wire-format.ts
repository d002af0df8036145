import { sizeOf } from '../records/held-bytes';
import type { HeldCase, HeldDocument, HeldNote, HeldParty } from '../records/holdings';

const REL = 'http://cbrain.com/casefile/rel/';
const SCHEMA = 'xmlns="http://cbrain.com/casefile/schema/"';

/** An address of the stand-in for a path below its root. */
type Url = (path: string) => string;

export interface HeldMatter {
  main: HeldDocument;
  documents: HeldDocument[];
  parties: HeldParty[];
  inCase?: HeldCase;
  hasText?: boolean;
}

export function caseXml(held: HeldCase, url: Url): string {
  const [, kle, facet] = /^(\d{2}\.\d{2}\.\d{2})-([A-ZÆØÅ]\d{2})-/.exec(held.number) ?? [];
  const worker = held.parties.find(({ employee }) => employee);
  const involved = held.parties.filter(({ employee }) => !employee).map(partyXml);
  return `<Case ${SCHEMA}>${head(held.id, held.title, held.openedAt)}
    ${tag('CaseNumber', held.number)}
    ${tag('CprNumber', held.parties.find(({ primary }) => primary)?.cpr)}
    <Keyword>${tag('Title', kle)}${tag('Code', kle)}</Keyword>
    <ProcessInstruction>${tag('Code', facet)}</ProcessInstruction>
    ${worker ? `<Responsible>${tag('Name', worker.name)}${tag('Type', 'User')}</Responsible>` : ''}
    <InvolvedParties>${involved.join('')}</InvolvedParties>
    ${tag('Closed', String(held.closedAt !== undefined))}
    ${link('self', url(`/c/${held.id}`))}
    ${link(`${REL}structure`, url(`/c/${held.id}/all`))}
    ${link(`${REL}notes`, url(`/c/${held.id}/notes`))}
    ${link(`${REL}create-matter`, url(`/c/${held.id}/new`))}
  </Case>`;
}

export function structureXml(held: HeldCase, matters: HeldMatter[], url: Url): string {
  const inside = matters.map((matter) => matterXml(matter, url)).join('');
  const self = link('self', url(`/c/${held.id}`));
  return `<Case ${SCHEMA}>${head(held.id, held.title, held.openedAt)}<Matters>${inside}</Matters>${self}</Case>`;
}

/** A matter with its documents, as its own structure and that of its case hold it. */
export function matterXml({ main, documents, inCase, hasText }: HeldMatter, url: Url): string {
  const inside = documents.map((document) => listedXml(document, url)).join('');
  const sent = { ind: 'ReceivedDate', ud: 'SentDate', intern: 'LetterDate' }[main.direction];
  return `<Matter ${SCHEMA}>${head(main.id, `Akt: ${main.number}`, main.date)}
    ${tag('MatterNumber', main.number)}
    ${tag('CaseNumber', inCase?.number)}
    ${tag(sent, `${main.date}T00:30:00`)}
    <Documents>${inside}</Documents>
    ${link('self', url(`/m/${main.id}`))}
    ${link(`${REL}structure`, url(`/m/${main.id}/all`))}
    ${hasText ? link(`${REL}pdf-content`, url(`/m/${main.id}/pdf`)) : ''}
  </Matter>`;
}

export function documentXml(held: HeldDocument, url: Url): string {
  return `<Document ${SCHEMA}>${factsOf(held)}${link('self', url(`/d/${held.id}`))}${link(
    `${REL}content`,
    url(`/d/${held.id}/content`),
  )}</Document>`;
}

export function noteListXml(notes: HeldNote[], url: Url): string {
  const inside = notes.map((note) => {
    return `<Note>${tag('Id', String(note.id))}<LastEntry/>${link('self', url(`/n/${note.id}`))}</Note>`;
  });
  return `<Notes ${SCHEMA}>${inside.join('')}</Notes>`;
}

/** F2's notes are plain text in entries. */
export function noteXml(note: HeldNote): string {
  const text = note.html.replace(/<[^>]+>/g, '');
  const by = `<CreatedBy>${tag('Name', note.author)}</CreatedBy>`;
  const entry = `<Entry>${tag('Text', text)}${by}${tag('CreatedDate', `${note.date}T11:27:13.16`)}</Entry>`;
  return `<Note ${SCHEMA}>${tag('Id', String(note.id))}<Entries>${entry}</Entries></Note>`;
}

function listedXml(held: HeldDocument, url: Url): string {
  return `<Document>${factsOf(held)}${link('self', url(`/d/${held.id}`))}</Document>`;
}

function factsOf(held: HeldDocument): string {
  const ending = held.files[0].name.split('.').pop();
  return [
    tag('Id', String(held.id)),
    tag('Title', held.name),
    tag('ModifiedDate', `${held.date}T16:09:37.15`),
    tag('FileType', ending),
    tag('Size', String(sizeOf(held.files[0]))),
  ].join('');
}

function partyXml(party: HeldParty): string {
  return `<InvolvedParty>${tag('Name', party.name)}${tag('EMail', party.email)}${tag('CPRCVR', party.cpr)}</InvolvedParty>`;
}

function head(id: number, title: string, day: string): string {
  return tag('Id', String(id)) + tag('Title', title) + tag('CreatedDate', `${day}T12:47:50.173`);
}

function tag(name: string, text = ''): string {
  return text === '' ? `<${name}/>` : `<${name}>${escaped(text)}</${name}>`;
}

function link(rel: string, href: string): string {
  return `<Link rel="${rel}" href="${escaped(href)}"/>`;
}

function escaped(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/"/g, '&quot;');
}
