import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import { IsOptional, IsUUID } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { RegisterComplaint } from '../../delivery/complaints/register-complaint';
import type { CitizenUser } from '../../identity/sessions';
import { danishDay } from '../../law';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { askedBy, ComplaintForm, fieldOf } from '../complaints/complaint-form';
import { ForCitizens } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { Citizen, Reply } from '../http/visit';
import { ComplaintForms } from './complaint-page';
import { RequestPages } from './request-pages';

class ComplaintQuery {
  @IsOptional()
  @IsUUID()
  anmodning?: string;
}

class OwnComplaintForm extends ComplaintForm {
  @IsUUID()
  anmodning!: string;
}

/** `/klager/ny`: a citizen complains over an answer, or over the time it takes. */
@ForCitizens()
@Controller('klager/ny')
export class CitizenComplaintController {
  constructor(
    private readonly forms: ComplaintForms,
    private readonly requests: RequestPages,
    private readonly register: RegisterComplaint,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  async form(
    @Citizen() user: CitizenUser,
    @Query() { anmodning = '' }: ComplaintQuery,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'klage-ny', await this.forms.page(user, anmodning));
  }

  @Post()
  send(
    @Citizen() user: CitizenUser,
    @Body() form: OwnComplaintForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const came = {
      receivedOn: danishDay(this.clock.now()),
      cameBy: 'portal' as const,
      representative: null,
    };
    return this.writer.answerForm(request, reply, {
      work: () =>
        this.database.inAuthority(user.authorityId, async (entities) => {
          const { id } = await this.requests.own(entities, user, form.anmodning);
          const asked = await askedBy(entities, id, form, came);
          await this.register.run(entities, id, { kind: 'citizen', id: user.personRefId }, asked);
        }),
      then: `/anmodninger/${form.anmodning}#klager`,
      page: 'klage-ny',
      refused: (refusal) =>
        this.forms.page(user, form.anmodning, form, [{ field: fieldOf(refusal), message: refusal.message }]),
    });
  }
}
