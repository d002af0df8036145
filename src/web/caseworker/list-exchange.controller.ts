import { Body, Controller, Get, Param, Post, Req } from '@nestjs/common';
import { IsOptional, IsString, MaxLength } from 'class-validator';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { ListExchange } from '../../decisions/list-exchange/list-exchange';
import type { StaffUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { Refusal } from '../../requests/refusal';
import { ForStaff } from '../http/access';
import { attached } from '../http/file-reply';
import { PageWriter } from '../http/page-writer';
import { Employee, Reply } from '../http/visit';
import { Id } from './id';
import { actorOf, ListExchangePages } from './list-exchange-page';
import { RequestInHand } from './request-in-hand';

const WORKBOOK = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

class UseForm {
  @IsOptional()
  @IsString()
  @MaxLength(64)
  set?: string;
}

/** `/sagsbehandling/{id}/aktliste`: the list of documents out to Excel and back. */
@ForStaff('sagsbehandler', 'godkender')
@Controller('sagsbehandling/:id/aktliste')
export class ListExchangeController {
  constructor(
    private readonly pages: ListExchangePages,
    private readonly exchange: ListExchange,
    private readonly writer: PageWriter,
    private readonly database: Database,
    private readonly inHand: RequestInHand,
  ) {}

  @Get()
  async page(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'aktliste', await this.pages.view(user, id));
  }

  @Get('dokumentliste.xlsx')
  async file(@Employee() user: StaffUser, @Param('id', Id) id: string, @Reply() reply: FastifyReply): Promise<void> {
    const request = await this.database.inAuthority(user.authorityId, (entities) => this.inHand.of(entities, id));
    const workbook = await this.exchange.export(actorOf(user, id));
    await attached(reply, `dokumentliste-${request.number}.xlsx`).type(WORKBOOK).send(workbook);
  }

  @Post()
  async take(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.database.inAuthority(user.authorityId, (entities) => this.inHand.of(entities, id));
    try {
      const taken = await this.exchange.take(actorOf(user, id), request.upload);
      await reply.redirect(`/sagsbehandling/${id}/aktliste/${taken}`, 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const view = await this.pages.view(user, id, undefined, [{ field: 'fil', message: error.message }]);
      await this.writer.send(request, reply, 'aktliste', view, { status: 422 });
    }
  }

  @Get(':liste')
  async preview(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('liste', Id) importId: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'aktliste', await this.pages.view(user, id, importId));
  }

  @Post(':liste')
  async use(
    @Employee() user: StaffUser,
    @Param('id', Id) id: string,
    @Param('liste', Id) importId: string,
    @Body() { set = '' }: UseForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.database.inAuthority(user.authorityId, (entities) => this.inHand.toWorkOn(entities, id, user.staffId));
    try {
      await this.exchange.apply(actorOf(user, id), importId, set);
      await reply.redirect(`/sagsbehandling/${id}/aktliste/${importId}`, 303);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      const notice = { tone: 'error' as const, text: error.message };
      const view = await this.pages.view(user, id, importId);
      await this.writer.send(request, reply, 'aktliste', view, { status: 409, notice });
    }
  }
}
