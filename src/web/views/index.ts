import type { DecisionPage } from './afgoerelse';
import type { RefusalPage } from './afvisning';
import type { RequestPage, RequestProgress } from './anmodning';
import type { NewRequestPage } from './anmodning-ny';
import type { RecordsFrontPage } from './arkiv';
import type { ComparisonPage, DuplicatesPage } from './dubletter';
import type { FrontPage } from './forside';
import type { LateNoticePage } from './fristbrev';
import type { ReviewPage } from './gennemgang';
import type { ApprovalPage } from './godkend';
import type { ChecksPage } from './kontrol';
import type { IncidentLettersPage, IncidentPage, NewIncidentPage, NotificationPage, WhoGotPage } from './haendelse';
import type { BreachesPage } from './haendelser';
import type {
  AppealFilePage,
  AppealOrderPage,
  ComplaintPage,
  ComplaintsPage,
  NewComplaintPage,
  OpenComplaintsPage,
} from './klager';
import type { QueuePage } from './koe';
import type { DeliveryPage } from './leverance';
import type { DeliveriesPage } from './leverancer';
import type { AuditLogPage } from './log';
import type { LogExtractPage, LogExtractsPage } from './logudtraek';
import type { OwnCasesPage } from './mine-sager';
import type { AccessibilityPage, PersonalDataPage } from './om';
import type { ListExchangePage } from './aktliste';
import type { RecordingPage } from './optagelse';
import type { PersonPage, PersonsPage } from './personer';
import type { CaseworkPage } from './sag';
import type { SampleAuditPage, SampleAuditsPage, SampleItemPage } from './stikproever';
import type { CouncilPage, StatisticsPage } from './statistik';
import type { StatusTag } from './status-tag';
import type { RetentionPage } from './sletning';
import type { AnswerPage } from './svar';

/** Template (file name in `templates/pages`, without `.njk`) to the view it shows. */
export interface PageViews {
  forside: FrontPage;
  'mine-sager': OwnCasesPage;
  'anmodning-ny': NewRequestPage;
  anmodning: RequestPage;
  svar: AnswerPage;
  'adgang-naegtet': RefusalPage;
  fejl: RefusalPage;
  'om-persondata': PersonalDataPage;
  was: AccessibilityPage;
  'klage-ny': NewComplaintPage;
  klager: ComplaintsPage;
  'klager-aabne': OpenComplaintsPage;
  klage: ComplaintPage;
  klagesag: AppealOrderPage;
  'klagesag-fil': AppealFilePage;
  koe: QueuePage;
  sag: CaseworkPage;
  gennemgang: ReviewPage;
  personer: PersonsPage;
  person: PersonPage;
  aktliste: ListExchangePage;
  optagelse: RecordingPage;
  afgoerelse: DecisionPage;
  godkend: ApprovalPage;
  kontrol: ChecksPage;
  fristbrev: LateNoticePage;
  dubletter: DuplicatesPage;
  dublet: ComparisonPage;
  arkiv: RecordsFrontPage;
  haendelser: BreachesPage;
  'haendelse-ny': NewIncidentPage;
  haendelse: IncidentPage;
  'haendelse-hvem': WhoGotPage;
  'haendelse-breve': IncidentLettersPage;
  'haendelse-datatilsynet': NotificationPage;
  leverancer: DeliveriesPage;
  leverance: DeliveryPage;
  log: AuditLogPage;
  logudtraek: LogExtractsPage;
  'logudtraek-et': LogExtractPage;
  statistik: StatisticsPage;
  byraad: CouncilPage;
  stikproever: SampleAuditsPage;
  stikproeve: SampleAuditPage;
  'stikproeve-leverance': SampleItemPage;
  sletning: RetentionPage;
}

/** Parts of a page that are sent alone. */
export interface FragmentViews {
  'parts/forloeb': RequestProgress;
  'parts/status': StatusTag;
}

export type PageName = keyof PageViews;
export type FragmentName = keyof FragmentViews;
