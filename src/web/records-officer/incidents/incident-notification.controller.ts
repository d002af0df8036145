import { Body, Controller, Get, Param, ParseIntPipe, Post, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { IncidentNotification } from '../../../delivery/incidents/incident-notification';
import type { StaffUser } from '../../../identity/sessions';
import { Database } from '../../../platform/database/database';
import { Id } from '../../caseworker/id';
import { ForStaff } from '../../http/access';
import { PageWriter } from '../../http/page-writer';
import { Employee, Reply } from '../../http/visit';
import { NotificationTextForm, NotifiedForm, ReasonForm } from './incident-forms';
import { IncidentNotificationPages } from './incident-notification-page';
import { IncidentPapers } from './incident-papers';

/** `/arkiv/haendelser/{id}/datatilsynet`: the text is made here, and sent by hand at virk.dk. */
@ForStaff('arkivar', 'dpo')
@Controller('arkiv/haendelser/:id/datatilsynet')
export class IncidentNotificationController {
  constructor(
    private readonly pages: IncidentNotificationPages,
    private readonly papers: IncidentPapers,
    private readonly notification: IncidentNotification,
    private readonly database: Database,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  async page(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'haendelse-datatilsynet', await this.pages.page(user, id));
  }

  @Post()
  @ForStaff('arkivar')
  save(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() { nature, contact, consequences, measures }: NotificationTextForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const typed = { nature, contact, consequences, measures };
    return this.answer(user, id, request, reply, {}, typed, () =>
      this.notification.save(user.authorityId, id, user.staffId, { ...typed }),
    );
  }

  @Post('anmeldt')
  @ForStaff('arkivar')
  notified(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() { kvittering, anmeldt, kl, forsinket }: NotifiedForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const said = { receiptNumber: kvittering, on: anmeldt, at: kl, lateBecause: forsinket };
    return this.answer(user, id, request, reply, { kvittering, anmeldt, kl, forsinket }, undefined, () =>
      this.database.inAuthority(user.authorityId, (entities) =>
        this.notification.notified(entities, id, user.staffId, said),
      ),
    );
  }

  @Post('ikke-anmeldt')
  @ForStaff('arkivar')
  notNotified(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() { begrundelse }: ReasonForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.answer(user, id, request, reply, { begrundelse }, undefined, () =>
      this.database.inAuthority(user.authorityId, (entities) =>
        this.notification.notNotified(entities, id, user.staffId, begrundelse),
      ),
    );
  }

  @Get('udgave/:version/anmeldelse.pdf')
  async pdf(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('version', ParseIntPipe) version: number,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.papers.send(reply, await this.papers.notificationText(user, id, version), 'pdf');
  }

  @Get('udgave/:version/anmeldelse.txt')
  async text(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('version', ParseIntPipe) version: number,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.papers.send(reply, await this.papers.notificationText(user, id, version), 'txt');
  }

  private answer(
    user: StaffUser,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    form: Parameters<IncidentNotificationPages['page']>[2],
    typed: Parameters<IncidentNotificationPages['page']>[4],
    work: () => Promise<unknown>,
  ): Promise<void> {
    return this.writer.answerForm(request, reply, {
      work,
      then: `/arkiv/haendelser/${id}/datatilsynet`,
      page: 'haendelse-datatilsynet',
      refused: ({ code, message }) => this.pages.page(user, id, form, [{ field: code, message }], typed),
    });
  }
}
