import { createHash } from 'node:crypto';
import { groundById, longCitation, type LegalBasis } from '../../law';
import type { DocumentOutcome } from '../../gathering/document.entity';
import { groundOf, reasonCell, reasonIn } from './reason-codes';
import type { ReturnedLine } from './read-list';

/** A document as the plan must know it. */
export interface ListedDocument {
  id: string;
  number: number;
  sourceDocumentId: string;
  title: string;
  basis: LegalBasis;
  outcome: DocumentOutcome;
  withheldGround: string | null;
  withheldReason: string | null;
  /** Passages decided to go. */
  removed: number;
  /** Belongs to a case that the citizen may not know of. */
  isProtected: boolean;
  /** May be filed on the wrong citizen. */
  hasFinding: boolean;
}

export type ChangeAct =
  { kind: 'withhold'; groundId: string; reason: string } | { kind: 'outside' } | { kind: 'reopen' };

export interface PlannedChange {
  document: ListedDocument;
  act: ChangeAct;
  /** What is done, for people: "Udelades efter …". */
  words: string;
}

/** A line that changes nothing, and why; or a document that the list does not tell of. */
export interface PlanNote {
  row?: number;
  words: string;
}

export interface Plan {
  changes: PlannedChange[];
  /** Lines that nothing could be done with: a person has to. */
  refused: PlanNote[];
  /** Lines that are as the list says, with something left for a person to see. */
  notes: PlanNote[];
  unchanged: number;
  /** Documents without a line. */
  missing: ListedDocument[];
}

const SHORTEST_REASON = 10;

type Decided = { act: ChangeAct; words: string } | { note: string } | { refused: string } | 'unchanged';

/** What a returned list would change. Every line and every document ends in exactly one of the plan's lists, or is unchanged. */
export function planOf(lines: ReturnedLine[], documents: ListedDocument[]): Plan {
  const plan: Plan = { changes: [], refused: [], notes: [], unchanged: 0, missing: [] };
  const told = new Map<string, number>();
  for (const line of lines) {
    const found = documentOf(line, documents);
    if (typeof found === 'string') {
      plan.refused.push({ row: line.row, words: found });
      continue;
    }
    const earlier = told.get(found.id);
    if (earlier !== undefined) {
      const words = `${nameOf(found)} står også i række ${earlier}. Kun den første række er brugt.`;
      plan.refused.push({ row: line.row, words });
      continue;
    }
    told.set(found.id, line.row);
    const decided = decidedBy(line, found);
    if (decided === 'unchanged') plan.unchanged += 1;
    else if ('act' in decided) plan.changes.push({ document: found, ...decided });
    else if ('note' in decided) plan.notes.push({ row: line.row, words: `${nameOf(found)}: ${decided.note}` });
    else plan.refused.push({ row: line.row, words: `${nameOf(found)}: ${decided.refused}` });
  }
  plan.missing = documents.filter(({ id }) => !told.has(id));
  return plan;
}

/** Tells two plans apart: what was shown is what is done, or nothing is. */
export function fingerprintOf({ changes }: Plan): string {
  const acts = changes.map(({ document, act }) => [document.id, document.outcome, act]);
  return createHash('sha256').update(JSON.stringify(acts)).digest('hex');
}

/** The document of the line's Dok ID; where several cases have the same one, the Akt ID tells which. */
function documentOf(line: ReturnedLine, documents: ListedDocument[]): ListedDocument | string {
  if (!line.id) return 'Rækken har intet Dok ID, så det vides ikke, hvilket dokument den er om.';
  const same = documents.filter(({ sourceDocumentId }) => sourceDocumentId === line.id);
  if (same.length === 0) return `Der er intet dokument med Dok ID ${line.id} på anmodningen.`;
  const [only] = same.length === 1 ? same : same.filter(({ number }) => String(number) === line.number);
  return only ?? `Flere dokumenter har Dok ID ${line.id}, og Akt ID siger ikke hvilket.`;
}

function decidedBy(line: ReturnedLine, document: ListedDocument): Decided {
  const covered = answerIn(line.covered, ['ja', 'nej']);
  const access = answerIn(line.access, ['ja', 'nej', 'delvis']);
  if (covered === 'unknown') return { refused: 'Omfattet skal være Ja eller Nej.' };
  if (access === 'unknown') return { refused: 'Gives der aktindsigt skal være Ja, Nej eller Delvis.' };
  if (covered === '' && access === '') return { note: 'ikke udfyldt i listen; intet ændres.' };
  if (document.outcome === 'duplicate') return { note: 'er en dublet og følger det dokument, som den er lig.' };
  if (document.isProtected)
    return { refused: 'hører til en sag, som borgeren ikke må kende. Tag stilling til sagen først.' };
  if (covered === 'nej') return outside(document);
  if (access === 'nej') return withheld(line.reason ?? '', document);
  return given(access, document);
}

function outside(document: ListedDocument): Decided {
  if (document.outcome === 'outside') return 'unchanged';
  if (document.hasFinding)
    return { refused: 'kan være lagt på en forkert borger. Tag stilling til det under »Kontrol på tværs«.' };
  return { act: { kind: 'outside' }, words: 'Er ikke omfattet af anmodningen' };
}

function withheld(text: string, document: ListedDocument): Decided {
  const { outcome, withheldGround, withheldReason } = document;
  if (outcome === 'withheld' && text === reasonCell(withheldGround, withheldReason)) return 'unchanged';
  const reason = reasonIn(text);
  if (!reason)
    return {
      refused: 'begrundelsen er ikke en af standardbegrundelserne. Vælg en, eller tag stilling i gennemgangen.',
    };
  const groundId = groundOf(reason.code, document.basis);
  const ground = groundId === null ? null : groundById(groundId);
  if (!ground) {
    return reason.code.grounds.length === 0
      ? { refused: `»${reason.code.words}« har ingen bestemmelse af sig selv. Vælg bestemmelsen i gennemgangen.` }
      : {
          refused: `»${reason.code.words}« kan ikke bruges på sagens retsgrundlag. Vælg en anden bestemmelse i gennemgangen.`,
        };
  }
  const words = reason.words.length >= SHORTEST_REASON ? reason.words : reason.code.words;
  if (outcome === 'withheld' && withheldGround === ground.id && withheldReason === words) return 'unchanged';
  const act = { kind: 'withhold' as const, groundId: ground.id, reason: words };
  return { act, words: `Udelades efter ${longCitation(ground)}. I brevet: »${words}«` };
}

function given(access: string, document: ListedDocument): Decided {
  const isShut = document.outcome === 'withheld' || document.outcome === 'outside';
  if (isShut) {
    const words = access === 'delvis' ? 'Åbnes igen; hvad der fjernes, vælges i gennemgangen' : 'Åbnes igen og gives';
    return { act: { kind: 'reopen' }, words };
  }
  if (access === 'delvis' && document.removed === 0)
    return { note: 'listen siger Delvis. Vælg i gennemgangen, hvad der fjernes.' };
  if (access === 'ja' && document.removed > 0) {
    return { note: `listen siger Ja, men ${document.removed} steder er fjernet i gennemgangen. De er ikke ændret.` };
  }
  return 'unchanged';
}

function answerIn(text: string | undefined, allowed: string[]): string {
  const plain = (text ?? '').toLowerCase().trim();
  return plain === '' || allowed.includes(plain) ? plain : 'unknown';
}

function nameOf({ number, title }: ListedDocument): string {
  return `Dokument ${number}, ${title}`;
}
