import { Injectable } from '@nestjs/common';
import { In, IsNull, Not } from 'typeorm';
import type { PageText } from '../../contracts';
import { readingOf } from '../../gathering/file-reading';
import type { FileRow } from '../../gathering/file.entity';
import { Database } from '../../platform/database/database';
import { Vault } from '../../platform/vault/vault';
import { textUnderBoxes } from '../../redaction/drawn-terms';
import type { ProposalText } from '../../redaction/proposals-of-file';
import { Proposal } from '../../redaction/proposal.entity';
import type { Redaction } from '../../redaction/redaction.entity';
import { textsOfMade } from '../../redaction/texts-of-made';

const REASON = 'The certificate commits to what was removed.';

/** What stood at each removed place: the passage that was proposed, or the words under a box that a person drew. */
@Injectable()
export class RemovedTexts {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** By the id of the redaction. Empty for a place without words, a picture for example. */
  async of(files: FileRow[], redactions: Redaction[], reason = REASON): Promise<Map<string, string>> {
    const texts = new Map<string, string>();
    for (const file of files) {
      const own = redactions.filter(({ fileId }) => fileId === file.id);
      if (own.length === 0) continue;
      const made = await this.madeFor(file, own);
      const needsPages = made.length > 0 || own.some(({ proposalId }) => proposalId === null);
      const pages = needsPages ? await this.read<PageText[]>(file, file.wordsKey, reason, []) : [];
      const proposed = await this.read<Record<string, ProposalText>>(file, file.proposalsKey, reason, {});
      const known = { ...proposed, ...textsOfMade(pages, made) };
      for (const { id, proposalId, page, boxes } of own) {
        const drawn = pages.find(({ index }) => index === page);
        texts.set(
          id,
          proposalId === null ? (drawn ? textUnderBoxes(drawn, boxes) : '') : (known[proposalId]?.text ?? ''),
        );
      }
    }
    return texts;
  }

  private madeFor(file: FileRow, redactions: Redaction[]): Promise<Proposal[]> {
    const ids = redactions.flatMap(({ proposalId }) => (proposalId === null ? [] : [proposalId]));
    return this.database.inAuthority(file.authorityId, (entities) =>
      entities.findBy(Proposal, { id: In(ids), madeBy: Not(IsNull()) }),
    );
  }

  private read<T>(file: FileRow, key: string | null, reason: string, absent: T): Promise<T> {
    if (key === null) return Promise.resolve(absent);
    return this.vault.readJson<T>(file.authorityId, key, readingOf(file, reason));
  }
}
