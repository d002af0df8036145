import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { certificateFromFiles, ClientCertificate } from '../digital-post';
import { Clock } from '../platform/clock';
import { Settings } from '../platform/settings';

/** An OCES certificate takes some days to get. */
const WARN_DAYS = 30;
const DAY_MS = 86_400_000;

/** How long the certificate of Digital Post lasts, for operators and for the records officer's front page. */
@Injectable()
export class CertificateWatch {
  private readonly logger = new Logger('Certificate');
  private warnedAt = -Infinity;

  constructor(
    private readonly settings: Settings,
    private readonly clock: Clock,
  ) {}

  /** Whole days, negative when it has ended; null when it cannot be read here. Read anew each time: it may be replaced. */
  daysLeft(): number | null {
    const endsAt = this.endsAt();
    return endsAt && this.daysUntil(endsAt);
  }

  /** For the machine that watches this one. */
  state(): 'ok' | 'ends-soon' | 'ended' | 'unknown' {
    const days = this.daysLeft();
    if (days === null) return 'unknown';
    if (days < 0) return 'ended';
    return days <= WARN_DAYS ? 'ends-soon' : 'ok';
  }

  /**
   * A sentence for staff; null while there is nothing to worry about. By what the worker read last, since the program of
   * the pages may have no right to read it.
   */
  async inWords(entities: EntityManager): Promise<string | null> {
    const [seen]: { ends_at: Date }[] = await entities.query('select ends_at from sender_certificate');
    const endsAt = this.endsAt() ?? seen?.ends_at ?? null;
    const days = endsAt && this.daysUntil(endsAt);
    if (days === null || days > WARN_DAYS) return null;
    if (days < 0)
      return 'Certifikatet til Digital Post er udløbet. Intet bliver sendt, før driften har sat et nyt ind.';
    return `Certifikatet til Digital Post udløber om ${days} ${days === 1 ? 'dag' : 'dage'}. Bed driften sætte et nyt ind.`;
  }

  /** Writes down when it ends, and warns in the log, once a day. */
  async tick(entities: EntityManager, authorityId: string): Promise<void> {
    const endsAt = this.endsAt();
    if (!endsAt) return;
    await entities.query(
      `insert into sender_certificate (authority_id, ends_at, read_at) values ($1, $2, $3)
       on conflict (authority_id) do update set ends_at = excluded.ends_at, read_at = excluded.read_at
       where sender_certificate.ends_at <> excluded.ends_at`,
      [authorityId, endsAt, this.clock.now()],
    );
    this.warn(this.daysUntil(endsAt));
  }

  private warn(days: number): void {
    const now = this.clock.now().getTime();
    if (days > WARN_DAYS || now - this.warnedAt < DAY_MS) return;
    this.warnedAt = now;
    this.logger.warn(`The certificate for Digital Post ${days < 0 ? 'has ended' : `ends in ${days} days`}. Renew it.`);
  }

  private daysUntil(endsAt: Date): number {
    return Math.floor((endsAt.getTime() - this.clock.now().getTime()) / DAY_MS);
  }

  private endsAt(): Date | null {
    const {
      DIGITAL_POST_CERTIFICATE_FILE: certificateFile,
      DIGITAL_POST_KEY_FILE: keyFile,
      DIGITAL_POST_PASSPHRASE: passphrase,
    } = this.settings;
    try {
      return new ClientCertificate(certificateFromFiles({ certificateFile, keyFile, passphrase })).expiresAt;
    } catch {
      return null;
    }
  }
}
