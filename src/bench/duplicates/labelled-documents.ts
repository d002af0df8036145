import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ComparedDocument, RelationKind } from '../../gathering/duplicates/relate-documents';
import { ROOT } from '../corpora';
import { mistyped } from '../detect/channels';
import { asFiled, type Thread } from './quoted-mail';

const DATA = join(ROOT, 'test', 'data');

/** `of` is the copy, the version or the quoted mail. */
export interface LabelledRelation {
  of: string;
  to: string;
  kind: RelationKind;
}

export interface LabelledRequest {
  documents: ComparedDocument[];
  relations: LabelledRelation[];
}

type Variant = { name: string; kind: RelationKind; of: (text: string) => string };

/** What happens to a document on its way through records systems, and what it is then. */
const VARIANTS: Variant[] = [
  { name: 'rewrapped', kind: 'same-text', of: (text) => text.replace(/([^\n]{30,60}) /g, '$1\n') },
  { name: 'other quotes and dashes', kind: 'same-text', of: (text) => text.replace(/"/g, '”').replace(/ - /g, ' – ') },
  { name: 'scanned, 1 % of the letters misread', kind: 'near-same', of: misread(0.01) },
  { name: 'scanned, 3 % of the letters misread', kind: 'near-same', of: misread(0.03) },
  {
    name: 'draft without its last paragraph',
    kind: 'near-same',
    of: (text) => text.slice(0, text.lastIndexOf('\n\n')),
  },
  {
    name: 'sent version with a stamp',
    kind: 'near-same',
    of: (text) => `MODTAGET 12-11-2024 Solby Kommune\n${text}\n\nAfsendt som Digital Post`,
  },
  {
    name: 'a sentence written anew',
    kind: 'near-same',
    of: (text) => text.replace(/\. [^.\n]{20,90}\./, '. Sætningen er rettet efter samtale med borgeren.'),
  },
];

/** The whole set as one request: documents of the case collections with a variant each, threads, and form letters. */
export function labelledRequest(): LabelledRequest {
  const request: LabelledRequest = { documents: [], relations: [] };
  const add = (id: string, text: string, more: Partial<ComparedDocument> = {}): void => {
    request.documents.push({
      ...{ id, number: request.documents.length + 1, isAttachment: false, isMail: false, isSentIn: false },
      ...{ pages: 1, hashes: [createHash('sha256').update(text).digest('hex')], text, ...more },
    });
  };
  for (const [index, { name, text }] of caseTexts().entries()) {
    add(name, text);
    // Every fifth stays alone, every fifth is filed again as an attachment with the same bytes.
    if (index % 5 === 3) continue;
    if (index % 5 === 4) {
      add(`${name} again`, text, { isAttachment: true });
      request.relations.push({ of: `${name} again`, to: name, kind: 'same-bytes' });
      continue;
    }
    const variant = VARIANTS[index % VARIANTS.length];
    const changed = variant.of(text);
    // A text without quotation marks or dashes is not changed by other ones.
    const kind = changed === text ? 'same-bytes' : variant.kind;
    add(`${name} ${variant.name}`, changed);
    request.relations.push({ of: `${name} ${variant.name}`, to: name, kind });
  }
  for (const thread of readJson<Thread[]>('threads.json')) addThread(request, add, thread);
  for (const [form, { text, fill }] of Object.entries(readJson<Record<string, Form>>('forms.json')))
    for (const [index, values] of fill.entries())
      add(
        `${form} ${index + 1}`,
        text.replace(/\{(\w+)\}/g, (_, key: string) => values[key]),
      );
  return request;
}

interface Form {
  text: string;
  fill: Record<string, string>[];
}

/** Each message but the last is quoted whole in the last; one more mail quotes the last part only, so that nothing is in it. */
function addThread(
  request: LabelledRequest,
  add: (id: string, text: string, more: Partial<ComparedDocument>) => void,
  thread: Thread,
): void {
  const last = thread.messages.length - 1;
  for (const index of thread.messages.keys()) {
    add(`${thread.id} ${index + 1}`, asFiled(thread, index), { isMail: true });
    if (index < last)
      request.relations.push({ of: `${thread.id} ${index + 1}`, to: `${thread.id} ${last + 1}`, kind: 'quoted' });
  }
  const answer: Thread['messages'][number] = [
    'Arkivet',
    '2024-06-01 09.00',
    'VS: videresendt',
    `Jeg sender det sidste svar videre til orientering. Resten af korrespondancen ligger på sagen (${thread.id}).`,
  ];
  const forwarded: Thread = { ...thread, messages: [thread.messages[last], answer] };
  const cut: Thread = {
    ...forwarded,
    messages: [
      [...thread.messages[last].slice(0, 3), thread.messages[last][3].slice(0, 45)] as Thread['messages'][number],
      answer,
    ],
  };
  add(`${thread.id} forwarded in part`, asFiled(cut, 1), { isMail: true });
}

function caseTexts(): { name: string; text: string }[] {
  return ['cases', 'cases-open'].flatMap((folder) =>
    readdirSync(join(DATA, folder))
      .filter((name) => name.endsWith('.txt'))
      .sort()
      .map((name) => ({ name: name.slice(0, -4), text: readFileSync(join(DATA, folder, name), 'utf8') })),
  );
}

function misread(share: number): (text: string) => string {
  const channel = mistyped(share);
  const register = { case: '', requester: '', parties: [] };
  return (text) => channel({ name: '', register, text, labels: [] }).text;
}

function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(join(DATA, 'duplicates', name), 'utf8')) as T;
}
