import { Module, type DynamicModule, type Type } from '@nestjs/common';
import { DecisionsModule } from './decisions/decisions.module';
import { DeliveryModule } from './delivery/delivery.module';
import { GatheringModule } from './gathering/gathering.module';
import { IdentityModule } from './identity/identity.module';
import { PlatformModule } from './platform/platform.module';
import type { Settings } from './platform/settings';
import { RedactionModule } from './redaction/redaction.module';
import { RequestsModule } from './requests/requests.module';

/** The house, from the bottom up. */
@Module({})
export class AppModule {
  /** `programs`: the web's module, the worker's, or both; neither imports the other. */
  static with(settings: Settings, programs: Type[]): DynamicModule {
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
        ...programs,
      ],
    };
  }
}
