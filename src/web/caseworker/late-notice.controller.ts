import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { LateNotice } from '../../delivery/late-notice/late-notice.entity';
import { LateNotices } from '../../delivery/late-notice/late-notices';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { Vault } from '../../platform/vault/vault';
import { Refusal } from '../../requests/refusal';
import { ForStaff } from '../http/access';
import { shown } from '../http/file-reply';
import { PageWriter } from '../http/page-writer';
import { RefusedVisit } from '../http/refused-visit';
import { Employee, Reply } from '../http/visit';
import { Id } from './id';
import { LateNoticePages } from './late-notice-page';
import { RequestInHand } from './request-in-hand';

class NoticeForm {
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  begrundelse?: string;

  @IsOptional()
  @IsString()
  @MaxLength(10)
  dato?: string;
}

class HandOverForm {
  @IsOptional()
  @IsString()
  @MaxLength(1000)
  udlevering?: string;
}

const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** `/sagsbehandling/{id}/fristbrev`: the notice that an answer is late. */
@ForStaff('sagsbehandler', 'godkender')
@Controller('sagsbehandling/:id/fristbrev')
export class LateNoticeController {
  constructor(
    private readonly pages: LateNoticePages,
    private readonly notices: LateNotices,
    private readonly inHand: RequestInHand,
    private readonly vault: Vault,
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
    await this.writer.send(request, reply, 'fristbrev', await this.pages.view(user, id));
  }

  @Post()
  write(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() { begrundelse = '', dato = '' }: NoticeForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const form = { begrundelse, dato };
    return this.act(user, id, request, reply, form, (entities) => {
      if (!DATE.test(dato)) throw new Refusal('date-unrealistic', 'Vælg den dato, hvor I forventer at svare.');
      return this.notices.write(entities, id, user.staffId, { reason: begrundelse, expectedOn: dato });
    });
  }

  @Get(':brev')
  async letter(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('brev', Id) noticeId: string,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const notice = await this.database.inAuthority(user.authorityId, (entities) =>
      entities.findOneBy(LateNotice, { id: noticeId, requestId: id }),
    );
    if (!notice?.letterSha256) throw new RefusedVisit('not-found');
    const content = await this.vault.read(user.authorityId, notice.letterKey, {
      actor: { kind: 'staff', id: user.staffId },
      action: 'vault.read',
      subject: { kind: 'late_notice', id: notice.id },
      requestId: id,
      reason: 'A late notice is looked at or printed.',
    });
    await shown(reply, 'fristbrev.pdf').type('application/pdf').send(content);
  }

  @Post(':brev')
  handOver(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('brev', Id) noticeId: string,
    @Body() { udlevering = '' }: HandOverForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.act(user, id, request, reply, undefined, (entities) =>
      this.notices.handOver(entities, id, noticeId, user.staffId, udlevering),
    );
  }

  private act(
    user: StaffUser,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    form: { begrundelse: string; dato: string } | undefined,
    work: (entities: EntityManager) => Promise<unknown>,
  ): Promise<void> {
    return this.writer.answerForm(request, reply, {
      work: () =>
        this.database.inAuthority(user.authorityId, async (entities) => {
          await this.inHand.toWorkOn(entities, id, user.staffId);
          await work(entities);
        }),
      then: `/sagsbehandling/${id}/fristbrev`,
      page: 'fristbrev',
      refused: ({ code, message }) =>
        this.pages.view(user, id, form, [{ field: code === 'date-unrealistic' ? 'dato' : 'begrundelse', message }]),
    });
  }
}
