import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';

/** Fewer answers than this say nothing of what is usual. */
const FEWEST = 5;
const LOOKS_BACK_MS = 90 * 86_400_000;
const KEPT_MS = 10 * 60_000;
const HOUR_S = 3600;

/** How long requests take now: the middle one of the last three months, from received to delivered. */
@Injectable()
export class UsualTime {
  private readonly known = new Map<string, { until: number; words: string | null }>();

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  async of(authorityId: string): Promise<string | null> {
    const now = this.clock.now().getTime();
    const known = this.known.get(authorityId);
    if (known && known.until > now) return known.words;
    const [{ count, seconds }]: { count: number; seconds: number | null }[] = await this.database.inAuthority(
      authorityId,
      (entities) =>
        entities.query(
          `select count(*)::int as count, percentile_cont(0.5) within group (order by extract(epoch from closed_at - received_at)) as seconds
           from request where state = 'delivered' and closed_at > $1`,
          [new Date(now - LOOKS_BACK_MS)],
        ),
    );
    const words = count < FEWEST || seconds === null ? null : durationInWords(seconds);
    this.known.set(authorityId, { until: now + KEPT_MS, words });
    return words;
  }
}

export function durationInWords(seconds: number): string {
  if (seconds < HOUR_S) return 'under en time';
  const hours = Math.ceil(seconds / HOUR_S);
  if (hours <= 24) return hours === 1 ? '1 time' : `${hours} timer`;
  return `${Math.ceil(hours / 24)} dage`;
}
