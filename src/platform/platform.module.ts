import { Global, Module, type DynamicModule } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AuditEntry } from './audit-log/audit-entry.entity';
import { AuditLog } from './audit-log/audit-log';
import { AuditRoot } from './audit-log/audit-root.entity';
import { AuditRoots } from './audit-log/audit-roots';
import { AuditSealer } from './audit-log/sealer';
import { Clock } from './clock';
import { Authority } from './database/authority.entity';
import { Database } from './database/database';
import { SnakeCaseNames } from './database/snake-case-names';
import { KeyRing } from './keys/authority-keys';
import { Mailer } from './mail/mailer';
import { Outbox } from './outbox/outbox';
import { OutboxRow } from './outbox/outbox-row.entity';
import { OutboxRelay } from './outbox/relay';
import { ClockTicker } from './queue/clock-ticker';
import { JobFrame } from './queue/job-frame';
import { JobRegistry } from './queue/job-registry';
import { KillPoint } from './queue/kill-point';
import { Queues } from './queue/queues';
import { Workers } from './queue/workers';
import { Settings } from './settings';
import { TemporaryFolders } from './temporary-folder';
import { Vault } from './vault/vault';
import { VaultObject } from './vault/vault-object.entity';

const PROVIDERS = [
  AuditLog,
  AuditRoots,
  AuditSealer,
  ClockTicker,
  Clock,
  Database,
  JobFrame,
  JobRegistry,
  KeyRing,
  KillPoint,
  Mailer,
  Outbox,
  OutboxRelay,
  Queues,
  TemporaryFolders,
  Vault,
  Workers,
];

/** What every folder above stands on. */
@Global()
@Module({})
export class PlatformModule {
  static with(settings: Settings): DynamicModule {
    return {
      module: PlatformModule,
      imports: [
        TypeOrmModule.forRoot({
          type: 'postgres',
          url: settings.DATABASE_URL,
          synchronize: false,
          autoLoadEntities: true,
          namingStrategy: new SnakeCaseNames(),
          applicationName: 'aktindsigt',
          extra: { max: 20 },
          retryAttempts: 3,
        }),
        TypeOrmModule.forFeature([AuditEntry, AuditRoot, Authority, OutboxRow, VaultObject]),
      ],
      providers: [{ provide: Settings, useValue: settings }, ...PROVIDERS],
      exports: [Settings, ...PROVIDERS],
    };
  }
}
