import type { EntityManager } from 'typeorm';
import type { Considerations } from '../../decisions/close-review';
import { Decision } from '../../decisions/decision.entity';
import { PackageFile } from '../../decisions/package-file.entity';
import { RecordsCaseRow } from '../../gathering/records-case.entity';
import { PersonRef } from '../../identity/person-ref.entity';
import type { LegalBasis } from '../../law';
import type { AuthorityKeys } from '../../platform/keys/authority-keys';
import { AccessRequest } from '../../requests/request.entity';
import { Complaint } from '../complaints/complaint.entity';
import { Delivery } from '../delivery.entity';
import { JournalEntryRow } from '../journal-entry.entity';
import type { DeliveryMessage } from '../delivery-message.entity';
import { LateNotice } from '../late-notice/late-notice.entity';
import { messagesOf } from '../messages-of';

/** A ground as it was used: on passages of documents that were given, or on whole documents. */
export interface UsedGround {
  groundId: string;
  basis: LegalBasis;
  passages: number;
  documents: number;
}

/** Everything in the tables that the checks of a sample audit look at, read in one transaction. */
export interface AuditedDelivery {
  delivery: Delivery;
  messages: DeliveryMessage[];
  request: AccessRequest;
  person: PersonRef;
  decision: Decision;
  cases: RecordsCaseRow[];
  grounds: UsedGround[];
  considerations: Considerations;
  files: PackageFile[];
  journal: JournalEntryRow[];
  lateNotices: LateNotice[];
  /** Over this answer, or over the time before it. */
  complaints: Complaint[];
  sources: SourceCounts;
  /** Employees who opened contents of the request and took no part in it. */
  onlookers: number;
}

export interface SourceCounts {
  unfinished: number;
  /** Searches that an employee attested to have made by hand. */
  byHand: number;
  /** As the sources listed them, and as they lie here. */
  listed: number;
  held: number;
  undecided: number;
  inProtectedCases: number;
}

export async function auditedDelivery(
  entities: EntityManager,
  keys: AuthorityKeys,
  deliveryId: string,
): Promise<AuditedDelivery> {
  const delivery = await entities.findOneByOrFail(Delivery, { id: deliveryId });
  const { requestId, decisionId } = delivery;
  const request = await entities.findOneByOrFail(AccessRequest, { id: requestId });
  const decision = await entities.findOneByOrFail(Decision, { id: decisionId });
  const [sources]: SourceCounts[] = await entities.query(SOURCES, [requestId]);
  const [{ onlookers }]: { onlookers: number }[] = await entities.query(ONLOOKERS, [requestId]);
  return {
    delivery,
    messages: await messagesOf(entities, deliveryId),
    request,
    person: await entities.findOneByOrFail(PersonRef, { id: request.personRefId }),
    decision,
    cases: await entities.find(RecordsCaseRow, {
      where: [
        { requestId, existence: 'open' },
        { requestId, existence: 'proposed' },
      ],
      order: { position: 'ASC' },
    }),
    grounds: await entities.query(GROUNDS, [requestId]),
    considerations: decision.considerationsSealed
      ? (JSON.parse(keys.unseal('decision.considerations', decision.considerationsSealed)) as Considerations)
      : {},
    files: await entities.find(PackageFile, { where: { decisionId }, order: { position: 'ASC' } }),
    journal: await entities.findBy(JournalEntryRow, { requestId }),
    lateNotices: await entities.find(LateNotice, { where: { requestId }, order: { position: 'ASC' } }),
    complaints: await entities.find(Complaint, { where: { requestId }, order: { position: 'ASC' } }),
    sources,
    onlookers,
  };
}

const GROUNDS = `
  select "groundId", basis, sum(passages)::int as passages, sum(documents)::int as documents from (
    select r.ground_id as "groundId", c.basis, 1 as passages, 0 as documents
    from redaction r join file f on f.id = r.file_id join document d on d.id = f.document_id
      join records_case c on c.id = d.records_case_id
    where r.request_id = $1 and r.decision = 'remove' and d.outcome not in ('withheld', 'outside', 'duplicate')
      and c.existence <> 'protected'
    union all
    select d.withheld_ground, c.basis, 0, 1 from document d join records_case c on c.id = d.records_case_id
    where d.request_id = $1 and d.outcome = 'withheld' and c.existence <> 'protected') used
  group by 1, 2 order by 1, 2`;

const SOURCES = `select
  (select count(*)::int from source_run where request_id = $1 and state not in ('complete', 'skipped')) as unfinished,
  (select count(*)::int from source_run where request_id = $1 and state = 'skipped') as "byHand",
  (select coalesce(sum(documents), 0)::int from source_run where request_id = $1) as listed,
  (select count(*)::int from document where request_id = $1 and source_document_id not like '%#%') as held,
  (select count(*)::int from file f join document d on d.id = f.document_id where f.request_id = $1 and f.state <> 'converted'
     and d.outcome = 'open' and not exists (select 1 from recording g where g.file_id = f.id)) as undecided,
  (select count(*)::int from document d join records_case c on c.id = d.records_case_id
     where d.request_id = $1 and c.existence = 'protected') as "inProtectedCases"`;

/** Opening contents is reading; whoever also decided, asked, signed or journalised something took part. */
const ONLOOKERS = `select count(*)::int as onlookers from (
  select e.actor_id from audit_entry e join staff s on s.id = e.actor_id
  where e.request_id = $1 and e.actor_kind = 'staff' and not (s.roles && array['arkivar', 'dpo'])
  group by e.actor_id
  having bool_or(e.action in ('vault.read', 'persons.read'))
    and not bool_or(e.action not in ('vault.read', 'persons.read', 'review.seen') and e.action not like 'archive.%' and e.action not like 'audit.%')
) readers`;
