import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { Transform } from 'class-transformer';
import { IsIn, IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { AppealFiles } from '../../delivery/appeal-file/appeal-files';
import { COMPLAINT_OUTCOMES, Complaint, type ComplaintOutcome } from '../../delivery/complaints/complaint.entity';
import { Complaints } from '../../delivery/complaints/complaints';
import { RegisterComplaint } from '../../delivery/complaints/register-complaint';
import type { StaffUser } from '../../identity/sessions';
import { APPEAL_BODIES, danishDay } from '../../law';
import { Clock } from '../../platform/clock';
import { Database } from '../../platform/database/database';
import { Id } from '../caseworker/id';
import { mustBelong } from '../caseworker/case-acts';
import { RequestInHand } from '../caseworker/request-in-hand';
import { ForStaff } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { Employee, Reply } from '../http/visit';
import type { ComplaintPage } from '../views/klager';
import { askedBy, fieldOf, RegisteredComplaintForm } from './complaint-form';
import { ComplaintPages } from './complaint-pages';

class BodyForm {
  @IsIn(APPEAL_BODIES)
  instans!: string;
}

class ReassessForm {
  @IsOptional()
  @IsIn(['fasthold', 'medhold'])
  resultat?: 'fasthold' | 'medhold';

  @IsOptional()
  @IsString()
  @MaxLength(20_000)
  udtalelse?: string;
}

class DayForm {
  @Transform(({ value }: { value: unknown }) => (value === '' ? undefined : value))
  @IsOptional()
  @IsString()
  @MaxLength(10)
  dag?: string;
}

class OutcomeForm extends DayForm {
  @IsOptional()
  @IsIn(COMPLAINT_OUTCOMES)
  udfald?: ComplaintOutcome;

  @IsOptional()
  @IsString()
  @MaxLength(4000)
  note?: string;
}

/** `/sagsbehandling/{id}/klager`: complaints over the answer to a request, for caseworkers and for the records officer. */
@ForStaff('sagsbehandler', 'godkender', 'arkivar', 'dpo')
@Controller('sagsbehandling/:id/klager')
export class ComplaintsController {
  constructor(
    private readonly pages: ComplaintPages,
    private readonly register: RegisterComplaint,
    private readonly complaints: Complaints,
    private readonly appealFiles: AppealFiles,
    private readonly inHand: RequestInHand,
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  async list(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'klager', await this.pages.list(user, id));
  }

  @Post()
  @ForStaff('sagsbehandler', 'godkender', 'arkivar')
  add(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() form: RegisteredComplaintForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const came = {
      receivedOn: form.modtaget || danishDay(this.clock.now()),
      cameBy: form.vej ?? ('letter' as const),
      representative: form.partsrepraesentant?.trim() || null,
    };
    return this.writer.answerForm(request, reply, {
      work: () =>
        this.database.inAuthority(user.authorityId, async (entities) => {
          await this.inHand.of(entities, id);
          const asked = await askedBy(entities, id, form, came);
          await this.register.run(entities, id, { kind: 'staff', id: user.staffId }, asked);
        }),
      then: `/sagsbehandling/${id}/klager`,
      page: 'klager',
      refused: (refusal) => this.pages.list(user, id, form, [{ field: fieldOf(refusal), message: refusal.message }]),
    });
  }

  @Get(':klage')
  async one(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('klage', Id) complaintId: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'klage', await this.pages.one(user, id, complaintId));
  }

  @Post(':klage/instans')
  @ForStaff('sagsbehandler', 'godkender', 'arkivar')
  body(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('klage', Id) complaintId: string,
    @Body() { instans }: BodyForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, complaintId, request, reply, { field: 'instans' }, (entities) =>
      this.complaints.chooseBody(entities, complaintId, user.staffId, instans),
    );
  }

  @Post(':klage/genvurdering')
  @ForStaff('sagsbehandler', 'godkender', 'arkivar')
  reassess(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('klage', Id) complaintId: string,
    @Body() form: ReassessForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const isChanged = form.resultat === 'medhold';
    return this.act(user, id, complaintId, request, reply, { field: 'udtalelse', form }, (entities) =>
      this.complaints.reassess(entities, complaintId, user.staffId, { isChanged, statement: form.udtalelse ?? '' }),
    );
  }

  @Post(':klage/videresendt')
  @ForStaff('sagsbehandler', 'godkender', 'arkivar')
  forward(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('klage', Id) complaintId: string,
    @Body() { dag }: DayForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, complaintId, request, reply, { field: 'dag' }, (entities) =>
      this.complaints.forward(entities, complaintId, user.staffId, dag ?? this.today()),
    );
  }

  @Post(':klage/udfald')
  @ForStaff('sagsbehandler', 'godkender', 'arkivar')
  outcome(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('klage', Id) complaintId: string,
    @Body() { udfald, dag, note = '' }: OutcomeForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const outcome = udfald ?? 'upheld';
    return this.act(user, id, complaintId, request, reply, { field: 'udfald' }, (entities) =>
      this.complaints.close(entities, complaintId, user.staffId, { outcome, on: dag ?? this.today(), note }),
    );
  }

  /** The file for the body that hears the complaint, in one click: everything, with the statement that was written. */
  @Post(':klage/sag')
  @ForStaff('sagsbehandler', 'godkender', 'arkivar')
  file(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('klage', Id) complaintId: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, complaintId, request, reply, { field: 'sag' }, async (entities) => {
      const { body, dueOn } = await entities.findOneByOrFail(Complaint, { id: complaintId });
      await this.appealFiles.order(entities, id, user.staffId, {
        ...{ complaintId, recipient: body ?? '', reference: '', statement: '', opened: [] },
        recipientKind: body === 'Datatilsynet' ? 'data-protection' : 'appeal-body',
        dueOn: dueOn < this.today() ? this.today() : dueOn,
      });
    });
  }

  private today(): string {
    return danishDay(this.clock.now());
  }

  private act(
    user: StaffUser,
    id: string,
    complaintId: string,
    request: FastifyRequest,
    reply: FastifyReply,
    { field, form }: { field: string; form?: ComplaintPage['form'] },
    work: (entities: EntityManager) => Promise<unknown>,
  ): Promise<void> {
    return this.writer.answerForm(request, reply, {
      work: () =>
        this.database.inAuthority(user.authorityId, async (entities) => {
          await mustBelong(entities.countBy(Complaint, { id: complaintId, requestId: id }));
          await work(entities);
        }),
      then: `/sagsbehandling/${id}/klager/${complaintId}`,
      page: 'klage',
      refused: ({ message }) => this.pages.one(user, id, complaintId, form, [{ field, message }]),
    });
  }
}
