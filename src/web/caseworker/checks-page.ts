import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { RecordsCaseRow } from '../../gathering/records-case.entity';
import type { StaffUser } from '../../identity/sessions';
import { Staff } from '../../identity/staff.entity';
import { Database } from '../../platform/database/database';
import { KeyRing } from '../../platform/keys/authority-keys';
import { Vault } from '../../platform/vault/vault';
import type { CheckFinding, FindingText } from '../../redaction/checks/check-finding.entity';
import { ConsistencyCheck } from '../../redaction/checks/consistency-check';
import type { PlaceKind, SeenAt } from '../../redaction/checks/consistency';
import { MisfiledDocuments } from '../../redaction/checks/misfiled-documents';
import { SecondReading } from '../../redaction/checks/second-reading';
import type { AccessRequest } from '../../requests/request.entity';
import type { ChecksPage, MisfiledView, UnevenView } from '../views/kontrol';
import type { FieldError } from '../views/page-shell';
import { DocumentsInHand, isClosed, reviewAddress, type DocumentInHand } from './documents-in-hand';
import { RequestInHand } from './request-in-hand';
import { sampleView } from './sample-view';

const KINDS: Record<PlaceKind, string> = {
  page: '',
  'mail-head': ', mailens hoved',
  title: 'Aktlistens titel på ',
  'case-title': 'Sagens titel i aktlisten',
  earlier: 'Et tidligere svar til borgeren',
};
const SETTLED = { open: '', removed: 'Fjernet også det andet sted', kept: 'Beholdt' } as const;

/** What is judged over the whole request, with both places of every finding. */
@Injectable()
export class ChecksPages {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly documents: DocumentsInHand,
    private readonly consistency: ConsistencyCheck,
    private readonly misfiled: MisfiledDocuments,
    private readonly reading: SecondReading,
    private readonly keyRing: KeyRing,
    private readonly vault: Vault,
  ) {}

  async view(user: StaffUser, requestId: string, errors: FieldError[] = []): Promise<ChecksPage> {
    const { request, documents, findings, textsKey, ...rows } = await this.database.inAuthority(
      user.authorityId,
      (entities) => this.load(entities, user, requestId),
    );
    const keys = await this.keyRing.of(request.authorityId);
    const texts = textsKey && findings.length > 0 ? await this.textsOf(user, requestId, textsKey) : {};
    return {
      requestId,
      citizen: rows.citizen,
      isInReview: request.state === 'review',
      undecided: documents.reduce((sum, document) => sum + document.undecided, 0),
      misfiled: rows.misfiled,
      uneven: findings
        .filter(({ state, id }) => state === 'open' && texts[id])
        .map((finding) => unevenView(requestId, finding, texts[finding.id], documents)),
      settled: findings.flatMap((finding) => {
        const { state, settledBy, settledAt, reasonSealed, id } = finding;
        if (state === 'open' || settledBy === null || settledAt === null) return [];
        const reason = reasonSealed ? keys.unseal('check_finding.reason', reasonSealed) : undefined;
        const text = texts[id]?.text ?? 'En oplysning';
        return [
          { text, how: SETTLED[state], by: rows.names.get(settledBy) ?? 'En medarbejder', at: settledAt, reason },
        ];
      }),
      colleagues: rows.colleagues,
      sample: rows.sample ? sampleView(requestId, rows.sample, documents) : null,
      errors,
    };
  }

  private async load(entities: EntityManager, user: StaffUser, requestId: string) {
    const request = await this.inHand.of(entities, requestId);
    const documents = await this.documents.of(entities, request);
    const isDecided = documents.every(({ undecided }) => undecided === 0);
    const findings =
      request.state === 'review' && isDecided
        ? await this.consistency.upToDate(entities, request)
        : await this.consistency.known(entities, requestId);
    const [run]: { texts_key: string }[] = await entities.query(
      'select texts_key from check_run where request_id = $1',
      [requestId],
    );
    const staff = await entities.find(Staff, { order: { name: 'ASC' } });
    const names = new Map(staff.map(({ id, name }) => [id, name]));
    return {
      request,
      documents,
      findings,
      textsKey: run?.texts_key ?? null,
      citizen: await this.inHand.citizenOf(entities, request),
      names,
      misfiled: await this.misfiledOnes(entities, request, documents, names),
      colleagues: staff
        .filter(({ id, roles }) => id !== user.staffId && roles.some((role) => role !== 'drift' && role !== 'dpo'))
        .map(({ id, name }) => ({ value: id, label: name })),
      sample: await this.reading.of(entities, request),
    };
  }

  private async misfiledOnes(
    entities: EntityManager,
    request: AccessRequest,
    documents: DocumentInHand[],
    names: Map<string, string>,
  ): Promise<MisfiledView[]> {
    const answers = await this.misfiled.answersOf(entities, request);
    const cases = await entities.findBy(RecordsCaseRow, { requestId: request.id });
    return documents
      .filter(({ row }) => row.finding !== null && !isClosed(row))
      .map(({ row, title }) => ({
        documentId: row.id,
        document: `Dokument ${row.position}, ${title}`,
        href: reviewAddress(request.id, row.id, 1),
        finding: row.finding as string,
        unit: cases.find(({ id }) => id === row.recordsCaseId)?.responsibleUnit ?? 'den afdeling, som har sagen',
        asked: answers
          .filter(({ documentId, answer }) => documentId === row.id && answer === 'asked')
          .map(({ askedStaffId, at, words }) => ({ who: names.get(askedStaffId ?? '') ?? 'En kollega', at, words })),
      }));
  }

  private textsOf(user: StaffUser, requestId: string, key: string): Promise<Record<string, FindingText>> {
    return this.vault.readJson(user.authorityId, key, {
      actor: { kind: 'staff', id: user.staffId },
      action: 'vault.read',
      subject: { kind: 'request', id: requestId },
      requestId,
      reason: 'Findings of the check across documents are shown.',
    });
  }
}

function unevenView(
  requestId: string,
  finding: CheckFinding,
  { text, seenIn }: FindingText,
  documents: DocumentInHand[],
): UnevenView {
  const removed = { fileId: finding.removedFileId, page: finding.removedPage };
  return {
    id: finding.id,
    text,
    removedAt: placeOf(requestId, { kind: 'page', ...removed }, documents),
    seenAt: finding.places.slice(0, 12).map((place) => placeOf(requestId, place, documents, finding.documentId)),
    seenIn,
    canRemove: finding.earlierRequestId === null,
  };
}

function placeOf(
  requestId: string,
  { kind, fileId, page }: Pick<SeenAt, 'kind' | 'fileId' | 'page'>,
  documents: DocumentInHand[],
  documentId: string | null = null,
): { text: string; href: string } {
  const here = `/sagsbehandling/${requestId}`;
  const document = documents.find(
    ({ row, files }) => row.id === documentId || (fileId !== null && files.some(({ id }) => id === fileId)),
  );
  if (kind === 'earlier' || kind === 'case-title' || !document)
    return { text: KINDS[kind] || 'Et dokument', href: here };
  const name = `dokument ${document.row.position}, ${document.title}`;
  if (kind === 'title') return { text: `${KINDS.title}${name}`, href: reviewAddress(requestId, document.row.id, 1) };
  const side = document.pages.findIndex(({ file, index }) => file.id === fileId && index === page) + 1;
  const text = `Dokument${name.slice('dokument'.length)}, side ${Math.max(1, side)}${KINDS[kind]}`;
  return { text, href: reviewAddress(requestId, document.row.id, Math.max(1, side)) };
}
