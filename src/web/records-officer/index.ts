import { ActorNames } from './actor-names';
import { ArchiveController } from './archive.controller';
import { ArchiveFront } from './archive-front';
import { DeliveryRegister } from './delivery-register';
import { DeliveryStories } from './delivery-story';
import { LogPages } from './log-pages';
import { SealWatch } from './seal-watch';

export const ARCHIVE_CONTROLLERS = [ArchiveController];
export const ARCHIVE_PROVIDERS = [ActorNames, ArchiveFront, DeliveryRegister, DeliveryStories, LogPages, SealWatch];
