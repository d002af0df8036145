import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { DocumentRelationRow } from '../../gathering/duplicates/document-relation.entity';
import { relationsOf } from '../../gathering/duplicates/document-relations';
import type { RelationKind } from '../../gathering/duplicates/relate-documents';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import type { AccessRequest } from '../../requests/request.entity';
import type { DuplicatesPage, RelatedDocument, RelatedPair } from '../views/dubletter';
import type { FieldError } from '../views/page-shell';
import { DocumentsInHand, reviewAddress, type DocumentInHand } from './documents-in-hand';
import { RequestInHand } from './request-in-hand';

const HOW: Record<Exclude<RelationKind, 'near-same'>, string> = {
  'same-bytes': 'Samme fil',
  'same-text': 'Samme tekst',
  quoted: 'Mailen er citeret i sin helhed i den anden',
};

/** The documents of a request that are like each other, with every place where they were found. */
@Injectable()
export class DuplicatesPages {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly documents: DocumentsInHand,
    private readonly keyRing: KeyRing,
  ) {}

  view(user: StaffUser, requestId: string, errors: FieldError[] = []): Promise<DuplicatesPage> {
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const request = await this.inHand.of(entities, requestId);
      const rows = await relationsOf(entities, requestId);
      const pairs = await this.pairs(entities, request, rows);
      const of = (state: DocumentRelationRow['state']): RelatedPair[] =>
        rows.flatMap((row, index) => (row.state === state && pairs[index] ? [pairs[index]] : []));
      return {
        requestId,
        citizen: await this.inHand.citizenOf(entities, request),
        isInReview: request.state === 'review',
        proposed: of('proposed'),
        together: of('together'),
        apart: of('apart'),
        errors,
      };
    });
  }

  /** One of each row, in the rows' order. */
  async pairs(entities: EntityManager, request: AccessRequest, rows: DocumentRelationRow[]): Promise<RelatedPair[]> {
    const documents = new Map(
      (await this.documents.of(entities, request)).map((document) => [document.row.id, document]),
    );
    const places = await this.placesOf(entities, request);
    const names = await this.inHand.staffNames(entities);
    const view = (id: string): RelatedDocument =>
      relatedView(request.id, documents.get(id) as DocumentInHand, places.get(id) ?? '');
    return rows.map((row) => ({
      id: row.id,
      how: row.kind === 'near-same' ? `${Math.round(row.similarity * 100)} % af teksten er ens` : HOW[row.kind],
      copy: view(row.documentId),
      standing: view(row.relatedTo),
      compareHref: `/sagsbehandling/${request.id}/dubletter/${row.id}`,
      decided:
        row.decidedBy && row.decidedAt
          ? { by: names.get(row.decidedBy) ?? 'En medarbejder', at: row.decidedAt }
          : undefined,
    }));
  }

  /** "vores sagssystem (SBSYS), sag 27.24.00-G01-1-24", by document. */
  private async placesOf(entities: EntityManager, request: AccessRequest): Promise<Map<string, string>> {
    const keys = await this.keyRing.of(request.authorityId);
    const rows: { id: string; source: string; number_sealed: Buffer | null; title_sealed: Buffer }[] =
      await entities.query(
        `select d.id, s.name as source, c.number_sealed, c.title_sealed from document d
         join records_case c on c.id = d.records_case_id join source_run r on r.id = c.source_run_id
         join source s on s.id = r.source_id where d.request_id = $1`,
        [request.id],
      );
    return new Map(
      rows.map(({ id, source, number_sealed: number, title_sealed: title }) => {
        const named = number ? keys.unseal('records_case.number', number) : keys.unseal('records_case.title', title);
        return [id, `${source}, sag ${named}`];
      }),
    );
  }
}

function relatedView(requestId: string, { row, title }: DocumentInHand, found: string): RelatedDocument {
  return {
    text: `Dokument ${row.position}, ${title}`,
    href: reviewAddress(requestId, row.id, 1),
    found,
    date: row.documentDate ?? undefined,
  };
}
