import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Injectable, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock } from '../clock';
import { Authority } from '../database/authority.entity';
import { Database } from '../database/database';
import { Mailer } from '../mail/mailer';
import type { JobContext, JobDefinition } from '../queue/job-definition';
import { JobRegistry } from '../queue/job-registry';
import { Settings } from '../settings';
import { AuditLog, THE_SYSTEM } from './audit-log';
import { AuditRoot, type RootPlace } from './audit-root.entity';
import { ROOT_FORMAT, rootBytes, type ExportedRoot } from './exported-root';
import { requestTimeStamp } from './time-stamp';

const PATIENCE_MS = 20_000;

/** The job `audit.root`: puts a day's root where nobody with the database can reach it. */
@Injectable()
export class ExportRootProcessor implements OnModuleInit, JobDefinition<AuditRoot, RootPlace[]> {
  readonly name = 'audit.root' as const;

  constructor(
    private readonly registry: JobRegistry,
    private readonly database: Database,
    private readonly mailer: Mailer,
    private readonly audit: AuditLog,
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.registry.register(this);
  }

  load(entities: EntityManager, id: string): Promise<AuditRoot | null> {
    return entities.findOneBy(AuditRoot, { id });
  }

  isExpected(root: AuditRoot): true | string {
    return root.exportedAt === null || 'the root is already exported';
  }

  async run(row: AuditRoot, { signal }: JobContext): Promise<RootPlace[]> {
    const root = await this.rootOf(row);
    const bytes = rootBytes(root);
    const places: RootPlace[] = [];
    const { AUDIT_ROOT_FOLDER: folder, AUDIT_ROOT_TSA_URL: authority, AUDIT_ROOT_MAIL: to } = this.settings;
    if (folder) {
      const path = join(folder, root.authority.cvr, `${root.day}.json`);
      await mkdir(join(folder, root.authority.cvr), { recursive: true });
      await writeOnce(path, bytes);
      places.push('file');
      if (authority) {
        await this.stamp(authority, `${path}.tsr`, bytes, signal);
        places.push('time-stamp');
      }
    }
    if (to) {
      await this.mail(to, row.id, root, bytes);
      places.push('mail');
    }
    return places;
  }

  async mark(entities: EntityManager, { id, authorityId, day, seq, mac }: AuditRoot, places: RootPlace[]) {
    await entities.update(AuditRoot, { id }, { places, exportedAt: this.clock.now(), errorText: null });
    await this.audit.write(entities, authorityId, {
      actor: THE_SYSTEM,
      action: 'audit.export',
      subject: { kind: 'audit_log' },
      reason: 'The root of the day was put outside the machine.',
      details: { day, sealed: Number(seq), root: mac.toString('hex'), places: places.join(', ') },
    });
    return `the root of ${day} was exported (${places.join(', ')})`;
  }

  async giveUp(entities: EntityManager, { id }: AuditRoot, error: Error): Promise<void> {
    await entities.update(AuditRoot, { id }, { errorText: error.message });
  }

  private rootOf({ authorityId, day, seq, mac, drawnAt }: AuditRoot): Promise<ExportedRoot> {
    return this.database.inAuthority(authorityId, async (entities) => {
      const { id, cvr, name } = await entities.findOneByOrFail(Authority, { id: authorityId });
      return {
        format: ROOT_FORMAT,
        authority: { id, cvr, name },
        day,
        seq: Number(seq),
        root: mac.toString('hex'),
        drawnAt: drawnAt.toISOString(),
      };
    });
  }

  /** A stamp that is there already stands: the first one is the one that proves the most. */
  private async stamp(url: string, path: string, bytes: Buffer, signal: AbortSignal): Promise<void> {
    const isThere = await readFile(path).then(
      () => true,
      () => false,
    );
    if (isThere) return;
    const patience = AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]);
    await writeOnce(path, await requestTimeStamp(url, bytes, patience));
  }

  private async mail(to: string, id: string, { authority, day }: ExportedRoot, bytes: Buffer): Promise<void> {
    if (!this.mailer.isConfigured)
      throw new Error('AUDIT_ROOT_MAIL is set, but SMTP_URL is not: the root cannot be mailed. Set SMTP_URL.');
    await this.mailer.send({
      messageId: `<rod-${id}@aktindsigt.invalid>`,
      to,
      subject: `Rod af revisionsloggen ${day}, ${authority.name}`,
      text: `Gem denne mail uden for kommunens driftsmiljø. Gem linjerne nedenfor som en fil, og kontroller loggen med den: aktindsigt audit verify --root FIL.\n\n${bytes.toString('utf8')}`,
    });
  }
}

/** Never replaces a file: one that says something else is a finding, not a mistake to be mended. */
async function writeOnce(path: string, bytes: Buffer): Promise<void> {
  try {
    await writeFile(path, bytes, { flag: 'wx', mode: 0o644 });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    if ((await readFile(path)).equals(bytes)) return;
    throw new Error(`The file ${path} holds another root of the same day. It was not replaced: find out who wrote it.`);
  }
}
