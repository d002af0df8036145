import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { KeyRing } from '../../platform/keys/authority-keys';
import type { Delivery } from '../delivery.entity';
import { IncidentLetter } from './incident-letter.entity';
import type { Incident } from './incident.entity';

/** A delivery of an incident. */
export interface IncidentDelivery {
  id: string;
  requestId: string;
  number: string;
  personRefId: string;
  at: Date;
  /** In words. */
  channel: string;
  channelKind: Delivery['channel'];
  state: Delivery['state'];
  pages: number;
  pageNumbers: number[];
  isWhole: boolean;
  /** It was taken back before it left. */
  isStopped: boolean;
  /** It has not begun to leave and can be stopped now. */
  canStop: boolean;
}

/** Everything that is written down of an incident, in clear text (GDPR article 33(5)). */
export interface IncidentRecord {
  what: string;
  noticedBy: string;
  notificationReason: string | null;
  informingReason: string | null;
  conclusion: string | null;
  deliveries: IncidentDelivery[];
  letters: (IncidentLetter & { hasLeft: boolean })[];
  comments: { words: string; writtenBy: string; writtenAt: Date }[];
}

const CHANNELS: Record<Delivery['channel'], string> = {
  'digital-post': 'Digital Post',
  letter: 'Brev på papir',
  manual: 'Udleveret på anden måde',
};
export const LEFT: readonly IncidentLetter['state'][] = ['submitted', 'received', 'delivered', 'handed_over'];

/** Reads an incident with all that belongs to it. */
@Injectable()
export class IncidentRecords {
  constructor(private readonly keyRing: KeyRing) {}

  async of(entities: EntityManager, incident: Incident): Promise<IncidentRecord> {
    const keys = await this.keyRing.of(incident.authorityId);
    const open = (column: string, sealed: Buffer | null): string | null =>
      sealed && keys.unseal(`incident.${column}`, sealed);
    const letters = await entities.find(IncidentLetter, {
      where: { incidentId: incident.id },
      order: { position: 'ASC' },
    });
    const comments: { words_sealed: Buffer; written_by: string; written_at: Date }[] = await entities.query(
      'select words_sealed, written_by, written_at from incident_comment where incident_id = $1 order by written_at, id',
      [incident.id],
    );
    return {
      what: keys.unseal('incident.what', incident.whatSealed),
      noticedBy: keys.unseal('incident.noticed_by', incident.noticedBySealed),
      notificationReason: open('notification_reason', incident.notificationReasonSealed),
      informingReason: open('informing_reason', incident.informingReasonSealed),
      conclusion: open('conclusion', incident.conclusionSealed),
      deliveries: await this.deliveries(entities, incident),
      letters: letters.map((letter) => ({ ...letter, hasLeft: LEFT.includes(letter.state) })),
      comments: comments.map(({ words_sealed: sealed, written_by: writtenBy, written_at: writtenAt }) => ({
        ...{ writtenBy, writtenAt },
        words: keys.unseal('incident_comment.words', sealed),
      })),
    };
  }

  /** Of every delivery, and of the request that it was found in. */
  async requestIds(entities: EntityManager, incident: Incident): Promise<string[]> {
    const found = (await this.deliveries(entities, incident)).map(({ requestId }) => requestId);
    return [...new Set([...found, ...(incident.requestId ? [incident.requestId] : [])])];
  }

  private async deliveries(entities: EntityManager, { id }: Incident): Promise<IncidentDelivery[]> {
    const rows: Omit<IncidentDelivery, 'channel' | 'pages' | 'isWhole' | 'isStopped'>[] = await entities.query(
      `select v.id, v.request_id as "requestId", r.number, v.recipient_ref as "personRefId", v.channel as "channelKind", v.state,
           coalesce(v.delivered_at, v.submitted_at, v.undone_at, v.registered_at) as at, i.pages as "pageNumbers",
           v.released_at is null and r.state = 'signed' and v.state <> 'undone' as "canStop"
         from incident_delivery i join delivery v on v.id = i.delivery_id join request r on r.id = v.request_id
         where i.incident_id = $1 order by i.added_at, v.id`,
      [id],
    );
    return rows.map((row) => ({
      ...row,
      channel: CHANNELS[row.channelKind],
      pages: row.pageNumbers.length,
      isWhole: row.pageNumbers.length === 0,
      isStopped: row.state === 'undone',
    }));
  }
}
