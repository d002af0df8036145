import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { EntityManager } from 'typeorm';
import { Mandate } from '../../delivery/mandate.entity';
import { Mandates } from '../../delivery/mandates';
import { TakeBack } from '../../delivery/take-back';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { Vault } from '../../platform/vault/vault';
import { Refusal } from '../../requests/refusal';
import { ForStaff } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { RefusedVisit } from '../http/refused-visit';
import { Employee, Reply } from '../http/visit';
import { CasePages } from './case-page';
import { MandateForm, shownMandate } from './mandate-form';
import { Id } from './id';
import { RequestInHand } from './request-in-hand';

/** Who gets the answer, and what is done to it between approval and sending. */
@ForStaff('sagsbehandler', 'godkender')
@Controller('sagsbehandling/:id')
export class SendingController {
  constructor(
    private readonly database: Database,
    private readonly inHand: RequestInHand,
    private readonly takeBack: TakeBack,
    private readonly mandates: Mandates,
    private readonly pages: CasePages,
    private readonly writer: PageWriter,
    private readonly vault: Vault,
  ) {}

  @Post('fortryd-afsendelse')
  async undo(@Employee() user: StaffUser, @Param('id', Id) id: string, @Reply() reply: FastifyReply): Promise<void> {
    await this.database.inAuthority(user.authorityId, async (entities) => {
      await this.inHand.of(entities, id);
      await this.takeBack.undo(entities, id, user.staffId);
    });
    await reply.redirect(`/sagsbehandling/${id}/godkend`, 303);
  }

  @Post('tilbage-til-godkendelse')
  async giveBack(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.database.inAuthority(user.authorityId, async (entities) => {
      await this.inHand.toWorkOn(entities, id, user.staffId);
      await this.takeBack.giveBack(entities, id, user.staffId);
    });
    await reply.redirect(`/sagsbehandling/${id}`, 303);
  }

  @Post('fuldmagt')
  async recipient(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Body() form: MandateForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    try {
      await this.database.inAuthority(user.authorityId, async (entities) => {
        await this.inHand.toWorkOn(entities, id, user.staffId);
        await this.change(entities, id, user.staffId, form, request);
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const notice = { tone: 'error' as const, text: error.message };
      return this.writer.send(request, reply, 'sag', await this.pages.view(user, id), { status: 409, notice });
    }
    await reply.redirect(`/sagsbehandling/${id}`, 303);
  }

  /** The mandate as it was shown to the employee who set it. */
  @Get('fuldmagt/:mandate')
  async document(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('mandate', Id) mandateId: string,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const mandate = await this.database.inAuthority(user.authorityId, (entities) =>
      entities.findOneBy(Mandate, { id: mandateId, requestId: id }),
    );
    if (!mandate) throw new RefusedVisit('not-found');
    const content = await this.vault.read(user.authorityId, mandate.documentKey, {
      actor: { kind: 'staff', id: user.staffId },
      action: 'mandate.read',
      subject: { kind: 'mandate', id: mandate.id },
      requestId: id,
      reason: 'The mandate was looked at.',
    });
    await reply.type(mandate.documentMediaType).header('cache-control', 'no-store').send(content);
  }

  private change(
    entities: EntityManager,
    id: string,
    staffId: string,
    form: MandateForm,
    { upload }: FastifyRequest,
  ): Promise<void> {
    if (form.modtager === 'borgeren') return this.mandates.revoke(entities, id, staffId);
    return this.mandates.set(entities, id, staffId, shownMandate(form, upload));
  }
}
