import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { PageText } from '../../contracts';
import { readingOf } from '../../gathering/file-reading';
import { FileRow } from '../../gathering/file.entity';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { Vault } from '../../platform/vault/vault';
import { mentionPlace } from '../../redaction/persons/request-person';
import type { PersonMention } from '../views/personer';
import { kindName } from './kinds-of-information';

/** Letters of the line that are shown before and after a mention. */
const AROUND = 60;

interface MentionRow {
  span_start: number;
  span_end: number;
  type: string;
}

/** The single mentions of a person on one page, each in its sentence, so that one can be told from another. */
@Injectable()
export class MentionsOnPage {
  constructor(
    private readonly database: Database,
    private readonly vault: Vault,
  ) {}

  /** @param place `file:page`; empty when the page is not of the request */
  async of(user: StaffUser, requestId: string, key: string, place: string): Promise<PersonMention[]> {
    const [fileId, number] = place.split(':');
    const page = Number(number);
    const { file, rows } = await this.database.inAuthority(user.authorityId, async (entities) => ({
      file: await entities.findOneBy(FileRow, { id: fileId, requestId }),
      rows: await mentions(entities, requestId, key, fileId, page),
    }));
    if (!file?.wordsKey || rows.length === 0) return [];
    const pages = await this.vault.readJson<PageText[]>(user.authorityId, file.wordsKey, {
      ...readingOf({ id: fileId, requestId }, 'The mentions of a person on a page are shown.', {
        kind: 'staff',
        id: user.staffId,
      }),
      details: { page: page + 1 },
    });
    const text = pages.find(({ index }) => index === page)?.text ?? '';
    return rows.map(({ span_start: start, span_end: end, type }) => ({
      value: mentionPlace({ fileId, page, start }),
      text: `${kindName(type)}: ${around(text, start, end)}`,
    }));
  }
}

/** Proposals, and what is quiet about the person; two kinds that begin in one place are one mention. */
function mentions(
  entities: EntityManager,
  requestId: string,
  key: string,
  fileId: string,
  page: number,
): Promise<MentionRow[]> {
  return entities.query(
    `select distinct on (span_start) span_start, span_end, type from (
       select span_start, span_end, type from proposal
       where request_id = $1 and party_key = $2 and file_id = $3 and page = $4 and found_key is not null
       union all
       select q.span_start, q.span_end, q.type from quiet_finding q
       where q.request_id = $1 and q.found_key = $2 and q.file_id = $3 and q.page = $4
         and not exists (select 1 from proposal p where p.id = q.id)) as m
     order by span_start, span_end desc`,
    [requestId, key, fileId, page],
  );
}

function around(text: string, start: number, end: number): string {
  const [from, to] = [Math.max(0, start - AROUND), Math.min(text.length, end + AROUND)];
  const shown = text.slice(from, to).replace(/\s+/g, ' ').trim();
  return `${from > 0 ? '… ' : ''}${shown}${to < text.length ? ' …' : ''}`;
}
