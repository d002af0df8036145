import type { EntityManager } from 'typeorm';

/** Stands where a title or a file name stood; sealed like what it replaces. */
export const DELETED = '(slettet)';

/** What is deleted of a request, in this order: `$1` is the request, `$2` to `$6` the sealed words that stand in place. */
const DELETIONS = [
  `update redaction set proposal_id = null, follows_choice = null, party_key = null, boxes = '[]' where request_id = $1`,
  'delete from quiet_finding where request_id = $1',
  'delete from proposal where request_id = $1',
  'delete from person_choice where request_id = $1',
  'delete from party where request_id = $1',
  'delete from check_finding where request_id = $1',
  'delete from check_run where request_id = $1',
  'delete from title_removal where request_id = $1',
  'update misfiling_answer set words_sealed = null where request_id = $1',
  'update document_list_import set list_key = null where request_id = $1',
  'delete from decision_draft where request_id = $1',
  'update decision set considerations_sealed = null, report_key = null, answer_key = null where request_id = $1',
  'update package_file p set vault_key = null from decision d where d.request_id = $1 and p.decision_id = d.id',
  'update delivery_message m set content_key = null from delivery d where d.request_id = $1 and m.delivery_id = d.id',
  'update recording set original_key = null, given_key = null where request_id = $1',
  `update file set original_key = null, pdf_key = null, words_key = null, hidden_key = null, proposals_key = null,
     redacted_key = null, applied_key = null, gate_key = null, name_sealed = $2, notes = '[]', state = 'unreadable',
     unreadable_reason = 'deleted' where request_id = $1`,
  'update document set title_sealed = $3, withheld_reason_sealed = null, finding = null where request_id = $1',
  `update records_case set number_sealed = case when number_sealed is null then null else $4::bytea end, title_sealed = $5,
     existence_reason = null where request_id = $1`,
  'update complaint set words_key = null, statement_key = null, sender_name_sealed = null, outcome_note_sealed = null where request_id = $1',
  'update appeal_file set vault_key = null, statement_key = null, reference_sealed = null where request_id = $1',
  'update late_notice set letter_key = null, content_key = null where request_id = $1',
  'update incident_letter set letter_key = null, content_key = null where request_id = $1',
  'update claimed_system set cases_sealed = $6 where request_id = $1',
  'delete from new_item where request_id = $1',
  'delete from person_number where request_id = $1',
  'update request set wording_sealed = null, notice_email_sealed = null where id = $1',
];

/** Where addresses of a request's contents stand; each statement gives one column. */
const ADDRESSES = [
  ...[
    'original_key',
    'pdf_key',
    'words_key',
    'hidden_key',
    'proposals_key',
    'redacted_key',
    'applied_key',
    'gate_key',
  ].map((column) => `select ${column} from file where request_id = $1`),
  'select original_key from recording where request_id = $1',
  'select given_key from recording where request_id = $1',
  'select report_key from decision where request_id = $1',
  'select answer_key from decision where request_id = $1',
  'select p.vault_key from package_file p join decision d on d.id = p.decision_id where d.request_id = $1',
  'select m.content_key from delivery_message m join delivery d on d.id = m.delivery_id where d.request_id = $1',
  'select letter_key from late_notice where request_id = $1',
  'select content_key from late_notice where request_id = $1',
  'select letter_key from incident_letter where request_id = $1',
  'select content_key from incident_letter where request_id = $1',
  'select words_key from complaint where request_id = $1',
  'select statement_key from complaint where request_id = $1',
  'select vault_key from appeal_file where request_id = $1',
  'select statement_key from appeal_file where request_id = $1',
  'select texts_key from check_run where request_id = $1',
  'select words_key from person_choice where request_id = $1',
  'select list_key from document_list_import where request_id = $1',
];

/** The sealed words that stand in place of what was deleted. */
export interface PlaceHolders {
  fileName: Buffer;
  documentTitle: Buffer;
  caseNumber: Buffer;
  caseTitle: Buffer;
  /** An empty list of cases. */
  claimedCases: Buffer;
}

/** Addresses of everything that the vault holds for a request: unredacted, redacted and delivered. */
export async function contentsOf(entities: EntityManager, requestId: string): Promise<string[]> {
  const rows: { address: string }[] = await entities.query(
    `select distinct address from (${ADDRESSES.join(' union all ')}) as held(address) where address is not null order by 1`,
    [requestId],
  );
  return rows.map(({ address }) => address);
}

/**
 * Takes every content and every word about people out of a request's rows. What stays: that the request was, its dates, what
 * was decided with which provision, hashes, messages, receipts and the log.
 */
export async function deleteWorkingCopies(
  entities: EntityManager,
  requestId: string,
  { fileName, documentTitle, caseNumber, caseTitle, claimedCases }: PlaceHolders,
): Promise<void> {
  const values: Record<string, Buffer> = {
    $2: fileName,
    $3: documentTitle,
    $4: caseNumber,
    $5: caseTitle,
    $6: claimedCases,
  };
  for (const deletion of DELETIONS) {
    // Each statement names the words it needs; PostgreSQL takes no value that it does not use.
    const used = Object.keys(values).filter((name) => deletion.includes(name));
    const statement = used.reduce((sql, name, index) => sql.replace(name, `$${index + 2}`), deletion);
    await entities.query(statement, [requestId, ...used.map((name) => values[name])]);
  }
}
