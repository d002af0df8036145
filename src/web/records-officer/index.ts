import { ActorNames } from './actor-names';
import { ArchiveController } from './archive.controller';
import { ArchiveFront } from './archive-front';
import { BreachPages } from './breach-pages';
import { BreachesController } from './breaches.controller';
import { DeliveryRegister } from './delivery-register';
import { DeliveryStories } from './delivery-story';
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
  LogExtractPages,
  LogPages,
  SampleAuditPages,
  RetentionPages,
  SealWatch,
  StatisticsPages,
];
