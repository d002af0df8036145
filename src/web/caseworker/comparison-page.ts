import { Injectable } from '@nestjs/common';
import { diffWordsWithSpace } from 'diff';
import type { PageText } from '../../contracts';
import { DocumentRelationRow } from '../../gathering/duplicates/document-relation.entity';
import { readingOf } from '../../gathering/file-reading';
import { FileRow } from '../../gathering/file.entity';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { Vault } from '../../platform/vault/vault';
import { RefusedVisit } from '../http/refused-visit';
import type { ComparisonPage } from '../views/dubletter';
import { DuplicatesPages } from './duplicates-page';
import { RequestInHand } from './request-in-hand';

/** So much of what is the same stands before and after a difference. */
const AROUND = 160;
/** Beyond this the words are not compared one by one; milliseconds. */
const LONGEST_MS = 5_000;

type Passage = ComparisonPage['passages'][number];

/** The texts of two documents, with what stands in one of them only. */
@Injectable()
export class ComparisonPages {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly duplicates: DuplicatesPages,
    private readonly vault: Vault,
  ) {}

  async view(user: StaffUser, requestId: string, relationId: string): Promise<ComparisonPage> {
    const { files, ...page } = await this.database.inAuthority(user.authorityId, async (entities) => {
      const request = await this.inHand.of(entities, requestId);
      const relation = await entities.findOneBy(DocumentRelationRow, { id: relationId, requestId });
      if (!relation) throw new RefusedVisit('not-found');
      const [pair] = await this.duplicates.pairs(entities, request, [relation]);
      const filesOf = (documentId: string): Promise<FileRow[]> =>
        entities.find(FileRow, { where: { documentId, state: 'converted' }, order: { position: 'ASC', id: 'ASC' } });
      return {
        requestId,
        citizen: await this.inHand.citizenOf(entities, request),
        pair,
        isInReview: request.state === 'review',
        isTogether: relation.state === 'together',
        files: { copy: await filesOf(relation.documentId), standing: await filesOf(relation.relatedTo) },
      };
    });
    const passages = differences(await this.textOf(user, files.standing), await this.textOf(user, files.copy));
    return { ...page, passages, isSame: passages.every(({ only }) => only === null) };
  }

  private async textOf(user: StaffUser, files: FileRow[]): Promise<string> {
    const texts: string[] = [];
    for (const file of files) {
      const actor = { kind: 'staff' as const, id: user.staffId };
      const reading = readingOf(file, 'Two documents that are alike are compared.', actor);
      const pages = await this.vault.readJson<PageText[]>(file.authorityId, file.wordsKey as string, reading);
      texts.push(...pages.map(({ text }) => text));
    }
    return texts.join('\n');
  }
}

/** Passages of both texts in order; long ones that are the same are shortened in their middle. */
function differences(standing: string, copy: string): Passage[] {
  const texts = { standing: oneSpace(standing), copy: oneSpace(copy) };
  const parts = diffWordsWithSpace(texts.standing, texts.copy, { timeout: LONGEST_MS });
  // Too unlike to be compared word by word: both are shown whole.
  if (!parts) return wholeStretch(texts.standing, texts.copy);
  const passages: Passage[] = [];
  let stretch = { standing: '', copy: '' };
  for (const { value, added, removed } of parts) {
    if (added) stretch.copy += value;
    else if (removed) stretch.standing += value;
    else if (value.trim() === '') stretch = { standing: stretch.standing + value, copy: stretch.copy + value };
    else {
      passages.push(...wholeStretch(stretch.standing, stretch.copy), { text: shortened(value), only: null });
      stretch = { standing: '', copy: '' };
    }
  }
  return [...passages, ...wholeStretch(stretch.standing, stretch.copy)];
}

/** Words that were changed side by side are read as one passage. */
function wholeStretch(standing: string, copy: string): Passage[] {
  const both: Passage[] = [
    { text: standing.trim(), only: 'standing' },
    { text: copy.trim(), only: 'copy' },
  ];
  return both.filter(({ text }) => text !== '');
}

function oneSpace(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

function shortened(text: string): string {
  return text.length <= 3 * AROUND ? text : `${text.slice(0, AROUND)} … ${text.slice(-AROUND)}`;
}
