import { Module, type DynamicModule } from '@nestjs/common';
import { DecisionsModule } from './decisions/decisions.module';
import { DeliveryModule } from './delivery/delivery.module';
import { GatheringModule } from './gathering/gathering.module';
import { IdentityModule } from './identity/identity.module';
import { PlatformModule } from './platform/platform.module';
import type { Settings } from './platform/settings';
import { RedactionModule } from './redaction/redaction.module';
import { RequestsModule } from './requests/requests.module';
import { WebModule } from './web/web.module';
import { WorkerModule } from './worker.module';

export const PROGRAMS = ['all', 'web', 'worker'] as const;
export type Program = (typeof PROGRAMS)[number];

/** The house, from the bottom up. */
@Module({})
export class AppModule {
  static with(settings: Settings, program: Program): DynamicModule {
    return {
      module: AppModule,
      imports: [
        PlatformModule.with(settings),
        IdentityModule,
        RequestsModule,
        GatheringModule,
        RedactionModule,
        DecisionsModule,
        DeliveryModule,
        ...(program === 'worker' ? [] : [WebModule]),
        ...(program === 'web' ? [] : [WorkerModule]),
      ],
    };
  }
}
