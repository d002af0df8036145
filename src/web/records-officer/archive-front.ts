import { Injectable } from '@nestjs/common';
import { IncidentWatch, type RunningOut } from '../../delivery/incidents/incident-watch';
import type { StaffUser } from '../../identity/sessions';
import { danishDay, inWorkingDays, longDate } from '../../law';
import { CertificateWatch } from '../../delivery/certificate-watch';
import { AuditRoots } from '../../platform/audit-log/audit-roots';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import type { RecordsFrontPage } from '../views/arkiv';
import { findingInWords, SealWatch } from './seal-watch';

type Problem = RecordsFrontPage['problems'][number];

interface Counts {
  no_receipt: number;
  unknown: number;
  failed: number;
  not_registered: number;
  held: number;
  stopped: number;
  overdue: number;
  journal: number;
  breaches: number;
  incidents: number;
  complaints: number;
  late_complaints: number;
}
interface Month {
  received: number;
  delivered: number;
  in_time: number;
}

/** A complaint is told of when no more working days are left. */
const SOON_DAYS = 2;

/** `/arkiv`: is anything wrong? */
@Injectable()
export class ArchiveFront {
  constructor(
    private readonly database: Database,
    private readonly seal: SealWatch,
    private readonly roots: AuditRoots,
    private readonly certificate: CertificateWatch,
    private readonly incidents: IncidentWatch,
    private readonly clock: Clock,
  ) {}

  async page(user: StaffUser): Promise<RecordsFrontPage> {
    const now = this.clock.now();
    const { verdict, at } = await this.seal.recent(user.authorityId);
    const today = danishDay(now);
    const [counts, month, before, root, certificate, running] = await this.database.inAuthority(
      user.authorityId,
      async (entities) => {
        const soon = inWorkingDays(today, SOON_DAYS).strict;
        const [found]: Counts[] = await entities.query(PROBLEMS, [now, today, soon]);
        const [current]: Month[] = await entities.query(MONTH, [today, 0]);
        const [earlier]: Month[] = await entities.query(MONTH, [today, 1]);
        const ending = await this.certificate.inWords(entities);
        const running = await this.incidents.runningOut(entities);
        return [found, current, earlier, await this.roots.latest(entities), ending, running] as const;
      },
    );
    const broken: Problem[] = verdict.fault
      ? [
          {
            text: `brud på loggens segl: ${findingInWords(verdict.fault)}`,
            count: 1,
            href: '/arkiv/log',
            tone: 'problem',
          },
        ]
      : [];
    return {
      problems: [...broken, ...clockProblems(running), ...problemsOf(counts)],
      certificate: certificate ?? undefined,
      checkedAt: at < now ? now : at,
      rootExportedAt: root?.exportedAt ?? undefined,
      isRootExported: this.roots.isConfigured,
      month: longDate(today).replace(/^\d+\. /, ''),
      figures: [
        figure('Anmodninger modtaget', month.received, before.received),
        figure('Svar leveret', month.delivered, before.delivered),
        figure('Heraf inden fristen', month.in_time, before.in_time),
      ],
    };
  }
}

/** The 72 hours of GDPR article 33, before and after they are over. */
function clockProblems({ late, soon }: RunningOut): Problem[] {
  const at = { href: '/arkiv/haendelser', tone: 'problem' as const };
  const problems: Problem[] = [
    { ...at, text: 'hvor de 72 timer til at anmelde et brud til Datatilsynet er gået', count: late },
    { ...at, text: 'hvor der er under 24 timer til at anmelde et brud til Datatilsynet', count: soon },
  ];
  return problems.filter(({ count }) => count > 0);
}

function problemsOf(counts: Counts): Problem[] {
  const problems: Problem[] = [
    { text: 'afvist af Digital Post', count: counts.failed, href: '/arkiv/leverancer?status=refused', tone: 'problem' },
    {
      text: 'mangler kvittering efter den ventede tid',
      count: counts.no_receipt,
      href: '/arkiv/leverancer?status=accepted',
      tone: 'problem',
    },
    {
      text: 'hvor det er uvist, om svaret nåede frem',
      count: counts.unknown,
      href: '/arkiv/leverancer?status=unknown',
      tone: 'attention',
    },
    {
      text: 'standset lige før afsendelsen: en medarbejder skal tage stilling',
      count: counts.held,
      href: '/arkiv/leverancer?status=held',
      tone: 'problem',
    },
    {
      text: 'skal leveres på en anden måde end Digital Post',
      count: counts.not_registered,
      href: '/arkiv/leverancer?status=letter',
      tone: 'attention',
    },
    {
      text: 'hændelser, der ikke er afsluttet',
      count: counts.incidents,
      href: '/arkiv/haendelser',
      tone: 'attention',
    },
    {
      text: 'mulige brud på persondatasikkerheden, der ikke er vurderet færdigt',
      count: counts.breaches,
      href: '/arkiv/haendelser',
      tone: 'problem',
    },
    {
      text: 'klager, som kommunen skulle have behandlet og sendt videre',
      count: counts.late_complaints,
      href: '/arkiv/klager',
      tone: 'problem',
    },
    {
      text: 'klager, der snart skal være behandlet og sendt videre',
      count: counts.complaints,
      href: '/arkiv/klager',
      tone: 'attention',
    },
    {
      text: 'standset af kontrollen, før noget blev sendt',
      count: counts.stopped,
      href: '/arkiv/log?handling=gate.stop',
      tone: 'problem',
    },
    {
      text: 'anmodninger over den lovbestemte frist',
      count: counts.overdue,
      href: '/arkiv/log?handling=request.receive',
      tone: 'problem',
    },
    {
      text: 'journalposter, der mangler efter en dag eller fejlede',
      count: counts.journal,
      href: '/arkiv/leverancer',
      tone: 'attention',
    },
  ];
  return problems.filter((problem) => problem.count > 0);
}

function figure(label: string, value: number, before: number): RecordsFrontPage['figures'][number] {
  return { label, value: String(value), before: String(before) };
}

const PROBLEMS = `select
  (select count(*)::int from delivery where state in ('submitted', 'received') and receipt_due_at < $1) as no_receipt,
  (select count(*)::int from delivery where state = 'unknown') as unknown,
  (select count(*)::int from delivery where state = 'failed') as failed,
  (select count(*)::int from delivery where state = 'not_registered') as not_registered,
  (select count(*)::int from delivery where state = 'held') as held,
  (select count(*)::int from request where state = 'stopped') as stopped,
  (select count(*)::int from request where deadline_on < $2::date
     and state not in ('submitted', 'delivered', 'undeliverable', 'withdrawn')) as overdue,
  (select count(*)::int from journal_entry where state = 'failed' or (state = 'pending' and due_at < $1)) as journal,
  (select count(*)::int from incident where state = 'open') as incidents,
  (select count(*)::int from breach_assessment b where b.state = 'open'
     and not exists (select 1 from incident i where i.breach_id = b.id)) as breaches,
  (select count(*)::int from complaint where state in ('received', 'upheld') and due_on >= $2::date and due_on <= $3::date) as complaints,
  (select count(*)::int from complaint where state in ('received', 'upheld') and due_on < $2::date) as late_complaints`;

/** A month is the Danish one; it begins at midnight in Copenhagen. */
const MONTH = `with span as (
    select date_trunc('month', $1::date) - make_interval(months => $2) as first,
           date_trunc('month', $1::date) - make_interval(months => $2 - 1) as next)
  select
    (select count(*)::int from request, span where received_on >= first and received_on < next) as received,
    (select count(*)::int from request, span where state = 'delivered'
       and closed_at at time zone 'Europe/Copenhagen' >= first and closed_at at time zone 'Europe/Copenhagen' < next) as delivered,
    (select count(*)::int from request, span where state = 'delivered'
       and closed_at at time zone 'Europe/Copenhagen' >= first and closed_at at time zone 'Europe/Copenhagen' < next
       and (closed_at at time zone 'Europe/Copenhagen')::date <= deadline_on) as in_time`;
