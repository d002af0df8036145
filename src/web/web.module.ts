import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { CASEWORKER_CONTROLLERS, CASEWORKER_PROVIDERS } from './caseworker';
import { CITIZEN_CONTROLLERS, CITIZEN_PROVIDERS } from './citizen';
import { COMPLAINT_CONTROLLERS, COMPLAINT_PROVIDERS } from './complaints';
import { AccessGuard } from './http/access';
import { AssetsController } from './http/assets.controller';
import { HealthController } from './http/health.controller';
import { PageWriter } from './http/page-writer';
import { PublishedKeysController } from './http/published-keys.controller';
import { RefusalFilter } from './http/refusal.filter';
import { Visits } from './http/visits';
import { LoginController } from './login/login.controller';
import { StaffHomeController } from './login/staff-home.controller';
import { ARCHIVE_CONTROLLERS, ARCHIVE_PROVIDERS } from './records-officer';

/** Pages for citizens, caseworkers and records officers. Knows the domain's services, no processor. */
@Module({
  controllers: [
    AssetsController,
    HealthController,
    LoginController,
    PublishedKeysController,
    StaffHomeController,
    ...CITIZEN_CONTROLLERS,
    ...ARCHIVE_CONTROLLERS,
    ...CASEWORKER_CONTROLLERS,
    ...COMPLAINT_CONTROLLERS,
  ],
  providers: [
    ...CITIZEN_PROVIDERS,
    ...ARCHIVE_PROVIDERS,
    PageWriter,
    ...CASEWORKER_PROVIDERS,
    ...COMPLAINT_PROVIDERS,
    Visits,
    { provide: APP_GUARD, useClass: AccessGuard },
    { provide: APP_FILTER, useClass: RefusalFilter },
  ],
})
export class WebModule {}
