import { Injectable } from '@nestjs/common';
import { IsNull, Not, type EntityManager } from 'typeorm';
import type { AbsentTerm, PageText } from '../contracts';
import { readingOf } from '../gathering/file-reading';
import { FileRow } from '../gathering/file.entity';
import { Database } from '../platform/database/database';
import { Vault } from '../platform/vault/vault';
import { Redaction } from './redaction.entity';
import { drawnTerms, textUnderBoxes } from './drawn-terms';
import { foldedTerm, isLookedFor } from './looked-for';
import type { ProposalText } from './propose-request';
import { Proposal } from './proposal.entity';
import { textsOfMade } from './texts-of-made';

/** What was removed, for the two ways in which it is sought. */
export interface TermsOfRequest {
  /** Everything: on pages an occurrence that a decision keeps is told by its place. */
  onPages: AbsentTerm[];
  /**
   * For letter, aktliste, titles of messages: without names and addresses that a person decided to keep somewhere, since a
   * text has no place to tell them by. Numbers and mail addresses have no exception.
   */
  inTexts: AbsentTerm[];
}

/**
 * What was removed from a request and may therefore stand nowhere in what leaves: identifiers, and names of two words or
 * more, whether they were proposed or a person drew over them. A first name alone may belong to a person who is kept, so it
 * is looked for under the boxes and in places that nobody sees only.
 */
@Injectable()
export class RemovedTerms {
  private latest: { key: string; terms: Promise<TermsOfRequest> } | null = null;

  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** Decisions cannot change while a round is applied and assembled, so a round's terms are gathered once in this process. */
  async of(authorityId: string, requestId: string, round: number): Promise<TermsOfRequest> {
    const key = `${requestId}:${round}`;
    if (this.latest?.key !== key) this.latest = { key, terms: this.gather(authorityId, requestId) };
    try {
      return await this.latest.terms;
    } catch (error) {
      this.latest = null;
      throw error;
    }
  }

  /** As the decisions are at this moment, while a review is open and they still change. */
  async now(authorityId: string, requestId: string): Promise<TermsOfRequest> {
    return this.gather(authorityId, requestId);
  }

  private async gather(authorityId: string, requestId: string): Promise<TermsOfRequest> {
    const { removed, kept, drawn, made, files } = await this.database.inAuthority(authorityId, (entities) =>
      this.load(entities, requestId),
    );
    const terms = new Map<string, AbsentTerm>();
    const keptTexts = new Set<string>();
    for (const file of files) {
      for (const term of await this.drawnIn(file, drawn.get(file.id) ?? []))
        terms.set(`${term.type}:${foldedTerm(term.text)}`, term);
      const texts = await this.textsOf(file, made.get(file.id) ?? []);
      for (const id of kept.get(file.id) ?? []) keptTexts.add(foldedTerm(texts[id]?.text ?? ''));
      for (const { proposalId, type } of removed.get(file.id) ?? []) {
        const text = texts[proposalId]?.text.trim();
        if (text && isLookedFor(text, type)) terms.set(`${type}:${foldedTerm(text)}`, { text, type });
      }
    }
    const onPages = [...terms.values()].sort((a, b) => (a.text < b.text ? -1 : 1));
    return { onPages, inTexts: onPages.filter((term) => !mayStandInTexts(term, keptTexts)) };
  }

  private async load(entities: EntityManager, requestId: string) {
    const decisions = await entities.findBy(Redaction, { requestId });
    const removed = new Map<string, { proposalId: string; type: string }[]>();
    const kept = new Map<string, string[]>();
    const drawn = new Map<string, Redaction[]>();
    for (const each of decisions) {
      if (each.proposalId === null) drawn.set(each.fileId, [...(drawn.get(each.fileId) ?? []), each]);
      else if (each.decision === 'remove')
        removed.set(each.fileId, [
          ...(removed.get(each.fileId) ?? []),
          { proposalId: each.proposalId, type: each.type },
        ]);
      else kept.set(each.fileId, [...(kept.get(each.fileId) ?? []), each.proposalId]);
    }
    const files = await entities.find(FileRow, { where: { requestId, state: 'converted' }, order: { id: 'ASC' } });
    const made = new Map<string, Proposal[]>();
    for (const each of await entities.findBy(Proposal, { requestId, madeBy: Not(IsNull()) }))
      made.set(each.fileId, [...(made.get(each.fileId) ?? []), each]);
    return { removed, kept, drawn, made, files };
  }

  /** No proposal tells what a person drew over; the words of the page do. */
  private async drawnIn(file: FileRow, drawn: Redaction[]): Promise<AbsentTerm[]> {
    if (drawn.length === 0 || file.wordsKey === null) return [];
    const pages = await this.read<PageText[]>(file, file.wordsKey);
    return drawn.flatMap(({ page, boxes, type }) => drawnTerms(textUnderBoxes(pages[page], boxes), type));
  }

  private async textsOf(file: FileRow, made: Proposal[]): Promise<Record<string, ProposalText>> {
    const pages = made.length > 0 ? await this.read<PageText[]>(file, file.wordsKey as string) : [];
    const stored = file.proposalsKey ? await this.read<Record<string, ProposalText>>(file, file.proposalsKey) : {};
    return { ...stored, ...textsOfMade(pages, made) };
  }

  private read<T>(file: FileRow, key: string): Promise<T> {
    return this.vault.readJson<T>(
      file.authorityId,
      key,
      readingOf(file, 'The gate looks for everything that was removed.'),
    );
  }
}

/** A name that belongs to somebody who is kept too. */
function mayStandInTexts({ text, type }: AbsentTerm, kept: ReadonlySet<string>): boolean {
  return (type === 'NAME' || type === 'ADDRESS') && kept.has(foldedTerm(text));
}
