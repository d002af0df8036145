import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { PageText, SpanType } from '../../contracts';
import { readingOf } from '../../gathering/file-reading';
import { FileRow } from '../../gathering/file.entity';
import type { Actor } from '../../platform/audit-log/audit-log';
import { Database } from '../../platform/database/database';
import { Vault } from '../../platform/vault/vault';
import { Refusal } from '../../requests/refusal';
import { boxesOfSpan } from '../boxes-of-span';
import { Proposal } from '../proposal.entity';
import type { FoundWords } from './made-proposals';

interface Wanted {
  words: string;
  decision: 'remove' | 'keep';
  type: SpanType | 'DRAWN';
  role: string;
}

const SHORTEST = 2;
/** Files that are read together: more would fill the memory with pages, fewer would ask the database once a file. */
const AT_ONCE = 20;

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
    const byFile = groupedByFile(proposals);
    for (let from = 0; from < files.length; from += AT_ONCE) {
      const some = files.slice(from, from + AT_ONCE);
      for (const [at, pages] of (await this.read(some, actor)).entries())
        for (const page of pages) findOnPage(found, some[at].id, page, byFile.get(some[at].id) ?? [], pattern, wanted);
    }
    if (found.known.length + found.added.length === 0) throw new Refusal('text-not-found', notFound(wanted.decision));
    const stored = await this.vault.putJson(authorityId, { words: wanted.words });
    return { ...found, known: [...new Set(found.known)], wordsKey: stored.address };
  }

  private read(files: FileRow[], actor: Actor): Promise<PageText[][]> {
    return this.vault.readJsonOfEach<PageText[]>(
      files[0].authorityId,
      files.map(({ id, requestId, wordsKey }) => ({
        address: wordsKey as string,
        act: readingOf({ id, requestId }, 'Words are looked for in every document of the request.', actor),
      })),
    );
  }
}

function groupedByFile(proposals: Proposal[]): Map<string, Proposal[]> {
  const grouped = new Map<string, Proposal[]>();
  for (const each of proposals) {
    const own = grouped.get(each.fileId);
    if (own) own.push(each);
    else grouped.set(each.fileId, [each]);
  }
  return grouped;
}

function findOnPage(
  found: FoundWords,
  fileId: string,
  page: PageText,
  proposals: Proposal[],
  pattern: RegExp,
  wanted: Wanted,
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
    found.added.push({
      id: randomUUID(),
      fileId,
      page: page.index,
      spanStart: start,
      spanEnd: end,
      boxes,
      type: wanted.type as SpanType,
      role: wanted.role,
    });
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
