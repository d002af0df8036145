import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { JournalEntry, JournalPort } from '../contracts';
import { Decision } from '../decisions/decision.entity';
import { PackageFile } from '../decisions/package-file.entity';
import { RecordsCaseRow } from '../gathering/records-case.entity';
import { SourceRow } from '../gathering/source.entity';
import { Sources } from '../gathering/sources';
import { addDays, danishDay, dayInMs, inWorkingDays } from '../law';
import { THE_SYSTEM } from '../platform/audit-log/audit-log';
import { Clock } from '../platform/clock';
import { Database } from '../platform/database/database';
import { Outbox } from '../platform/outbox/outbox';
import { Vault } from '../platform/vault/vault';
import { checkedSettings, SbsysJournal, SbsysSettings } from '../records';
import { Settings } from '../platform/settings';
import { AccessRequest } from '../requests/request.entity';
import { decisionRecord } from './decision-record';
import { JournalEntryRow } from './journal-entry.entity';
import { IncidentLetter } from './incidents/incident-letter.entity';
import { Incident } from './incidents/incident.entity';
import { LateNotice } from './late-notice/late-notice.entity';

const JOURNAL_KIND = 'sbsys-journal';
const TITLES: Record<JournalEntryRow['kind'], string> = {
  request: 'Anmodning om aktindsigt',
  'late-notice': 'Besked om forsinkelse i aktindsigt',
  decision: 'Afgørelse om aktindsigt med aktliste',
  package: 'Udleverede dokumenter',
  'incident-letter': 'Brev om brud på persondatasikkerheden',
};
const RECORD_NAME = 'afgoerelsens-grundlag.json';

/** Announces what is to be journalised and puts it together when its turn comes. OFL § 15: as soon as possible. */
@Injectable()
export class Journal {
  constructor(
    private readonly sources: Sources,
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly vault: Vault,
    private readonly clock: Clock,
    private readonly settings: Settings,
  ) {}

  async announce(
    entities: EntityManager,
    request: AccessRequest,
    kinds: JournalEntryRow['kind'][],
    decisionId?: string,
  ): Promise<void> {
    for (const kind of kinds) {
      const key = `${request.number}:${kind}${decisionId ? `:${request.reviewRound}` : ''}`;
      await this.enter(entities, request, { kind, key, decisionId: decisionId ?? null });
    }
  }

  async announceLateNotice(entities: EntityManager, request: AccessRequest, notice: LateNotice): Promise<void> {
    const key = `${request.number}:late-notice:${notice.position}`;
    await this.enter(entities, request, { kind: 'late-notice', key, lateNoticeId: notice.id });
  }

  async announceIncidentLetter(entities: EntityManager, request: AccessRequest, letter: IncidentLetter): Promise<void> {
    const key = `incident-letter:${letter.id}`;
    await this.enter(entities, request, { kind: 'incident-letter', key, incidentLetterId: letter.id });
  }

  private async enter(
    entities: EntityManager,
    { id: requestId, authorityId }: AccessRequest,
    entry: Pick<JournalEntryRow, 'kind' | 'key'> & Partial<JournalEntryRow>,
  ): Promise<void> {
    const open = { state: 'pending' as const, dueAt: this.dueAt() };
    const row = await entities.save(entities.create(JournalEntryRow, { authorityId, requestId, ...entry, ...open }));
    await this.outbox.announce(entities, authorityId, 'journal.entry', row.id);
  }

  /** Null when the authority has no journal connected: then the entry stays open and staff see it. */
  async portOf(authorityId: string): Promise<JournalPort | null> {
    const source = await this.database.inAuthority(authorityId, (entities) =>
      entities.findOneBy(SourceRow, { kind: JOURNAL_KIND }),
    );
    if (!source) return null;
    return new SbsysJournal(checkedSettings(SbsysSettings, await this.sources.settingsOf(source), 'the journal'));
  }

  compose(row: JournalEntryRow): Promise<JournalEntry> {
    return this.database.inAuthority(row.authorityId, async (entities) => {
      const request = await entities.findOneByOrFail(AccessRequest, { id: row.requestId });
      const recordsCase = await entities.findOne(RecordsCaseRow, {
        where: { requestId: row.requestId },
        order: { position: 'ASC' },
      });
      const files = row.decisionId
        ? await entities.find(PackageFile, { where: { decisionId: row.decisionId }, order: { position: 'ASC' } })
        : [];
      return {
        key: row.key,
        kind: row.kind,
        ...(await this.caseOf(entities, row, request)),
        kle: recordsCase?.kle ?? undefined,
        facet: 'A53',
        at: request.receivedAt.toISOString(),
        files: [
          ...files
            .filter((file) => (row.kind === 'package') === (file.kind === 'package'))
            .map((file) => this.fileOf(row, file)),
          ...(await this.lettersOf(entities, row)),
          ...(row.kind === 'decision' && row.decisionId ? [await recordFile(entities, request, row.decisionId)] : []),
        ],
      };
    });
  }

  /** The end of the next working day: an entry that is still missing then is told to the records officer. */
  private dueAt(): Date {
    const today = danishDay(this.clock.now());
    const next = inWorkingDays(today, 1)[this.settings.SOFT_HOLIDAYS];
    return new Date(dayInMs(addDays(next, 1)));
  }

  /** A letter to one who is not the requester does not lie on the requester's case. */
  private async caseOf(
    entities: EntityManager,
    { kind, incidentLetterId }: JournalEntryRow,
    { number }: AccessRequest,
  ): Promise<Pick<JournalEntry, 'caseNumber' | 'title'>> {
    const letter = incidentLetterId ? await entities.findOneByOrFail(IncidentLetter, { id: incidentLetterId }) : null;
    if (letter?.kind !== 'concerned') return { caseNumber: number, title: `${TITLES[kind]} ${number}` };
    const incident = await entities.findOneByOrFail(Incident, { id: letter.incidentId });
    const caseNumber = `Hændelse ${incident.number}`;
    return { caseNumber, title: `${TITLES[kind]}, ${caseNumber.toLowerCase()}` };
  }

  /** Letters that left alone. */
  private async lettersOf(entities: EntityManager, row: JournalEntryRow): Promise<JournalEntry['files']> {
    const { lateNoticeId, incidentLetterId } = row;
    const notice = lateNoticeId ? await entities.findOneByOrFail(LateNotice, { id: lateNoticeId }) : null;
    const letter = incidentLetterId ? await entities.findOneByOrFail(IncidentLetter, { id: incidentLetterId }) : null;
    return [
      ...(notice ? [this.letterFile(row, 'late_notice', 'fristbrev.pdf', notice)] : []),
      ...(letter ? [this.letterFile(row, 'incident_letter', 'brev-om-fejl.pdf', letter)] : []),
    ];
  }

  private letterFile(
    { authorityId, requestId }: JournalEntryRow,
    kind: string,
    name: string,
    { id, letterKey, letterSha256 }: Pick<LateNotice, 'id' | 'letterKey' | 'letterSha256'>,
  ): JournalEntry['files'][number] {
    const open = () =>
      this.vault.read(authorityId, letterKey, {
        actor: THE_SYSTEM,
        action: 'vault.read',
        subject: { kind, id },
        requestId,
        reason: 'The delivered version is journalised.',
      });
    return { name, mediaType: 'application/pdf', sha256: letterSha256 as string, open };
  }

  private fileOf(row: JournalEntryRow, file: PackageFile): JournalEntry['files'][number] {
    const { name, mediaType, sha256 } = file;
    const open = () =>
      this.vault.read(row.authorityId, file.vaultKey, {
        actor: THE_SYSTEM,
        action: 'vault.read',
        subject: { kind: 'package_file', id: file.id },
        requestId: row.requestId,
        reason: 'The delivered version is journalised.',
      });
    return { name, mediaType, sha256, open };
  }
}

async function recordFile(
  entities: EntityManager,
  { number }: AccessRequest,
  decisionId: string,
): Promise<JournalEntry['files'][number]> {
  const decision = await entities.findOneByOrFail(Decision, { id: decisionId });
  const bytes = await decisionRecord(entities, number, decision);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { name: RECORD_NAME, mediaType: 'application/json', sha256, open: async () => Readable.from([bytes]) };
}
