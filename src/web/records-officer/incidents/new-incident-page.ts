import { Injectable } from '@nestjs/common';
import { Delivery } from '../../../delivery/delivery.entity';
import type { StaffUser } from '../../../identity/sessions';
import { clock, danishDay } from '../../../law';
import { Clock } from '../../../platform/clock';
import { Database } from '../../../platform/database/database';
import { BreachAssessment } from '../../../redaction/checks/breach-assessment.entity';
import { AccessRequest } from '../../../requests/request.entity';
import { RefusedVisit } from '../../http/refused-visit';
import type { NewIncidentPage } from '../../views/haendelse';
import type { FieldError } from '../../views/page-shell';
import { ActorNames } from '../actor-names';
import { CAUSE_CHOICES } from './incident-words';

type Form = NewIncidentPage['form'];

/** `/arkiv/haendelser/ny`: opened from a delivery, from an assessment, or by hand. */
@Injectable()
export class NewIncidentPages {
  constructor(
    private readonly database: Database,
    private readonly names: ActorNames,
    private readonly clock: Clock,
  ) {}

  page(user: StaffUser, asked: Partial<Form>, errors: FieldError[] = []): Promise<NewIncidentPage> {
    const now = this.clock.now();
    const form = {
      ...{ leverance: '', brud: '', aarsag: asked.brud ? 'misfiled' : '', hvad: '', hvem: 'En medarbejder' },
      ...{ dag: danishDay(now), kl: clock(now).replace('.', ':') },
      ...asked,
    };
    return this.database.inAuthority(user.authorityId, async (entities) => {
      const delivery = form.leverance ? await entities.findOneBy(Delivery, { id: form.leverance }) : null;
      const breach = form.brud ? await entities.findOneBy(BreachAssessment, { id: form.brud }) : null;
      if ((form.leverance && !delivery) || (form.brud && !breach)) throw new RefusedVisit('not-found');
      const requestId = delivery?.requestId ?? breach?.requestId;
      const request = requestId ? await entities.findOneByOrFail(AccessRequest, { id: requestId }) : null;
      const citizens = await this.names.names(entities, request ? [request.personRefId] : []);
      const name = request && (citizens.get(request.personRefId) ?? 'Borger');
      return {
        from: request
          ? `${delivery ? 'Leverancen til' : 'Et dokument, der lå på'} ${name}, ${request.number}`
          : undefined,
        noticedAt: breach?.noticedAt,
        causes: CAUSE_CHOICES,
        ...{ form, errors },
      };
    });
  }
}
