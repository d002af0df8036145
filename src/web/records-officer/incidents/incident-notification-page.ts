import { Injectable } from '@nestjs/common';
import { IncidentNotification } from '../../../delivery/incidents/incident-notification';
import { NOTIFICATION_PARTS, type NotificationText } from '../../../delivery/incidents/notification-text';
import type { StaffUser } from '../../../identity/sessions';
import { clock, danishDay } from '../../../law';
import type { NotificationPage } from '../../views/haendelse';
import type { FieldError } from '../../views/page-shell';
import { IncidentReading } from './incident-reading';
import { notificationInWords } from './incident-words';

/** `/arkiv/haendelser/{id}/datatilsynet`: is Datatilsynet told, or why not? */
@Injectable()
export class IncidentNotificationPages {
  constructor(
    private readonly reading: IncidentReading,
    private readonly notification: IncidentNotification,
  ) {}

  page(
    user: StaffUser,
    id: string,
    form: Partial<NotificationPage['form']> = {},
    errors: FieldError[] = [],
    typed?: NotificationText,
  ): Promise<NotificationPage> {
    return this.reading.read(user, id, async ({ entities, incident, record, head, nameOf, now }) => {
      const { current, versions } = await this.notification.of(entities, incident);
      const text = typed ?? current;
      return {
        head,
        parts: NOTIFICATION_PARTS.map(({ part, title, provision }) => ({ part, title, provision, text: text[part] })),
        versions: versions.map(({ version, writtenBy, writtenAt }) => ({
          version,
          by: nameOf(writtenBy),
          at: writtenAt,
        })),
        outcome: notificationInWords(incident, record.notificationReason, nameOf(incident.notificationBy)),
        isLowRisk: incident.severity === 'low',
        // What was told stands; that it need not be told can be thought over again.
        canDecide: head.canAct && incident.notification !== 'notified',
        form: {
          ...{
            kvittering: '',
            forsinket: '',
            begrundelse: '',
            anmeldt: danishDay(now),
            kl: clock(now).replace('.', ':'),
          },
          ...form,
        },
        errors,
      };
    });
  }
}
