import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PageText, SpanType } from '../../contracts';
import { FileRow } from '../../gathering/file.entity';
import type { Actor } from '../../platform/audit-log/audit-log';
import { Database } from '../../platform/database/database';
import { Vault } from '../../platform/vault/vault';
import { Refusal } from '../../requests/refusal';
import { boxesOfSpan } from '../boxes-of-span';
import type { ProposalText } from '../proposals-of-file';
import { Proposal } from '../proposal.entity';

/** Where words stand in a request: in proposals that are there, and in places that nobody has proposed. */
export interface FoundWords {
  known: string[];
  added: Partial<Proposal>[];
  wordsKey: string;
}

interface Wanted {
  words: string;
  decision: 'remove' | 'keep';
  type: SpanType | 'DRAWN';
  role: string;
}

const SHORTEST = 2;
/** Files that are read side by side: most of the time goes with waiting for disk and database. */
const AT_ONCE = 6;
const REASON = 'En medarbejder har valgt, at teksten skal fjernes overalt.';

/** Finds words in every document of a request, whatever their capitals and however lines part them. */
@Injectable()
export class WordsEverywhere {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  async find(authorityId: string, requestId: string, actor: Actor, wanted: Wanted): Promise<FoundWords> {
    const pattern = patternOf(wanted.words);
    const { files, proposals } = await this.database.inAuthority(authorityId, async (entities) => ({
      files: await entities.findBy(FileRow, { requestId, state: 'converted' }),
      proposals: await entities.find(Proposal, {
        select: { id: true, fileId: true, page: true, spanStart: true, spanEnd: true },
        where: { requestId },
      }),
    }));
    const found: FoundWords = { known: [], added: [], wordsKey: '' };
    const lookThrough = async (file: FileRow): Promise<void> => {
      const pages = await this.read<PageText[]>(file, file.wordsKey as string, actor);
      const own = proposals.filter(({ fileId }) => fileId === file.id);
      const texts: Record<string, ProposalText> = {};
      for (const page of pages) findOnPage(found, file.id, page, own, pattern, wanted, texts);
      if (Object.keys(texts).length > 0) await this.addTexts(file, texts, actor);
    };
    for (let from = 0; from < files.length; from += AT_ONCE)
      await Promise.all(files.slice(from, from + AT_ONCE).map(lookThrough));
    if (found.known.length + found.added.length === 0) throw new Refusal('text-not-found', notFound(wanted.decision));
    const stored = await this.vault.putJson(authorityId, { words: wanted.words });
    return { ...found, known: [...new Set(found.known)], wordsKey: stored.address };
  }

  /** The new texts are in the vault before their rows are: rows without text would show nothing. */
  private async addTexts(file: FileRow, texts: Record<string, ProposalText>, actor: Actor): Promise<void> {
    const before = file.proposalsKey
      ? await this.read<Record<string, ProposalText>>(file, file.proposalsKey, actor)
      : {};
    const stored = await this.vault.putJson(file.authorityId, { ...before, ...texts });
    await this.database.inAuthority(file.authorityId, (entities) =>
      entities.update(FileRow, { id: file.id }, { proposalsKey: stored.address }),
    );
  }

  private read<T>(file: FileRow, key: string, actor: Actor): Promise<T> {
    return this.vault.readJson<T>(file.authorityId, key, {
      actor,
      action: 'vault.read',
      subject: { kind: 'file', id: file.id },
      requestId: file.requestId,
      reason: 'Words are looked for in every document of the request.',
    });
  }
}

function findOnPage(
  found: FoundWords,
  fileId: string,
  page: PageText,
  proposals: Proposal[],
  pattern: RegExp,
  wanted: Wanted,
  texts: Record<string, ProposalText>,
): void {
  const here = proposals.filter((each) => each.page === page.index);
  for (const match of page.text.matchAll(pattern)) {
    const [start, end] = [match.index, match.index + match[0].length];
    const within = here.filter(({ spanStart, spanEnd }) => spanStart >= start && spanEnd <= end);
    const around = here.filter(({ spanStart, spanEnd }) => spanStart <= start && spanEnd >= end);
    // To keep the words is not to keep the longer passage that they are part of.
    found.known.push(
      ...within.map(({ id }) => id),
      ...(wanted.decision === 'remove' ? around.map(({ id }) => id) : []),
    );
    if (wanted.decision === 'keep' || around.length > 0) continue;
    const boxes = boxesOfSpan(page, start, end);
    if (boxes.length === 0) continue;
    const id = randomUUID();
    found.added.push({
      id,
      fileId,
      page: page.index,
      spanStart: start,
      spanEnd: end,
      boxes,
      type: wanted.type as SpanType,
      partyKey: null,
      role: wanted.role,
      redact: true,
      confidence: 1,
      foundKey: null,
      foundRedact: true,
    });
    texts[id] = { text: match[0], reason: REASON };
  }
}

/** Whole words only: `Bo` does not stand in `Bodil`. */
function patternOf(words: string): RegExp {
  const parts = words.trim().split(/\s+/).filter(Boolean);
  if (parts.join('').length < SHORTEST)
    throw new Refusal('text-too-short', 'Skriv mindst to bogstaver eller tal, som de står i dokumenterne.');
  const escaped = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}])${escaped.join('\\s+')}(?![\\p{L}\\p{N}])`, 'giu');
}

function notFound(decision: 'remove' | 'keep'): string {
  return decision === 'remove'
    ? 'Teksten står ikke sådan i nogen af dokumenterne. Skriv den, som den står på siden.'
    : 'Ingen forslag handler om netop den tekst. Den bliver stående, hvor intet er foreslået.';
}
