import { ActorNames } from './actor-names';
import { ArchiveController } from './archive.controller';
import { ArchiveFront } from './archive-front';
import { BreachPages } from './breach-pages';
import { BreachesController } from './breaches.controller';
import { DeliveryRegister } from './delivery-register';
import { DeliveryStories } from './delivery-story';
import { IncidentLettersController } from './incidents/incident-letters.controller';
import { IncidentLettersPages } from './incidents/incident-letters-page';
import { IncidentNotificationController } from './incidents/incident-notification.controller';
import { IncidentNotificationPages } from './incidents/incident-notification-page';
import { IncidentPages } from './incidents/incident-page';
import { IncidentPapers } from './incidents/incident-papers';
import { IncidentReading } from './incidents/incident-reading';
import { IncidentsController } from './incidents/incidents.controller';
import { NewIncidentPages } from './incidents/new-incident-page';
import { WhoGotController } from './incidents/who-got.controller';
import { WhoGotPages } from './incidents/who-got-page';
import { LogExtractPages } from './log-extract-pages';
import { LogExtractsController } from './log-extracts.controller';
import { LogPages } from './log-pages';
import { SampleAuditPages } from './sample-audit-pages';
import { SampleAuditsController } from './sample-audits.controller';
import { SealWatch } from './seal-watch';
import { StatisticsController } from './statistics.controller';
import { StatisticsPages } from './statistics-pages';

import { RetentionController } from './retention.controller';
import { RetentionPages } from './retention-pages';

export const ARCHIVE_CONTROLLERS = [
  ArchiveController,
  BreachesController,
  WhoGotController,
  IncidentsController,
  IncidentLettersController,
  IncidentNotificationController,
  LogExtractsController,
  RetentionController,
  SampleAuditsController,
  StatisticsController,
];
export const ARCHIVE_PROVIDERS = [
  ActorNames,
  ArchiveFront,
  BreachPages,
  DeliveryRegister,
  DeliveryStories,
  IncidentLettersPages,
  IncidentNotificationPages,
  IncidentPages,
  IncidentPapers,
  IncidentReading,
  NewIncidentPages,
  WhoGotPages,
  LogExtractPages,
  LogPages,
  SampleAuditPages,
  RetentionPages,
  SealWatch,
  StatisticsPages,
];
