import { Injectable, Logger } from '@nestjs/common';
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
    const {
      DIGITAL_POST_CERTIFICATE_FILE: certificateFile,
      DIGITAL_POST_KEY_FILE: keyFile,
      DIGITAL_POST_PASSPHRASE: passphrase,
    } = this.settings;
    try {
      const material = certificateFromFiles({ certificateFile, keyFile, passphrase });
      return new ClientCertificate(material).daysLeft(this.clock.now().getTime());
    } catch {
      return null;
    }
  }

  /** For the machine that watches this one. */
  state(): 'ok' | 'ends-soon' | 'ended' | 'unknown' {
    const days = this.daysLeft();
    if (days === null) return 'unknown';
    if (days < 0) return 'ended';
    return days <= WARN_DAYS ? 'ends-soon' : 'ok';
  }

  /** A sentence for staff; null while there is nothing to worry about. */
  inWords(): string | null {
    const days = this.daysLeft();
    if (days === null || days > WARN_DAYS) return null;
    if (days < 0)
      return 'Certifikatet til Digital Post er udløbet. Intet bliver sendt, før driften har sat et nyt ind.';
    return `Certifikatet til Digital Post udløber om ${days} ${days === 1 ? 'dag' : 'dage'}. Bed driften sætte et nyt ind.`;
  }

  /** Warns in the log, once a day. */
  warn(): void {
    const now = this.clock.now().getTime();
    if (now - this.warnedAt < DAY_MS) return;
    this.warnedAt = now;
    const days = this.daysLeft();
    if (days !== null && days <= WARN_DAYS)
      this.logger.warn(
        `The certificate for Digital Post ${days < 0 ? 'has ended' : `ends in ${days} days`}. Renew it.`,
      );
  }
}
