import { randomUUID } from 'node:crypto';
import { Body, Controller, Get, Post, Query, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OpenRequest } from '../../delivery/open-request';
import type { CitizenUser } from '../../identity/sessions';
import { Clock } from '../../platform/clock';
import { ForCitizens } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { RefusedVisit } from '../http/refused-visit';
import { Citizen, Reply } from '../http/visit';
import type { NewRequestPage } from '../views/anmodning-ny';
import type { FieldError } from '../views/page-shell';
import { deliveryErrors, scopeErrors } from './draft-check';
import { NewRequestForm, NewRequestQuery } from './new-request-form';
import { NewRequestPages } from './new-request-page';
import { today } from './request-words';

const CASES_NOT_FOUND =
  'Vi kan ikke finde alle de valgte sager lige nu. Vælg igen, eller bed om alt, hvad kommunen har om dig.';

/** `/anmodning/ny`: one question a page; nothing is stored before the last page is sent. */
@ForCitizens()
@Controller('anmodning/ny')
export class NewRequestController {
  constructor(
    private readonly pages: NewRequestPages,
    private readonly openRequest: OpenRequest,
    private readonly writer: PageWriter,
    private readonly clock: Clock,
  ) {}

  @Get()
  async begin(
    @Citizen() user: CitizenUser,
    @Query() { sag }: NewRequestQuery,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const draft = { noegle: randomUUID(), omfang: sag ? ('sager' as const) : undefined, sager: sag ? [sag] : [] };
    await this.writer.send(request, reply, 'anmodning-ny', await this.pages.scope(user, draft));
  }

  @Post()
  async answer(
    @Citizen() user: CitizenUser,
    @Body() form: NewRequestForm,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    if (form.paa_vegne_af === 'anden') throw new RefusedVisit('for-another', undefined, '/anmodning/ny');
    const page = await this.nextPage(user, form);
    if (page) return this.show(request, reply, page);
    const chosen = await this.pages.chosenCases(user, form);
    if (!chosen) return this.show(request, reply, await this.pages.scope(user, form, notFound()));
    const { id } = await this.openRequest.open(user.authorityId, this.pages.asked(user, form, chosen));
    await reply.redirect(`/anmodninger/${id}`, 303);
  }

  /** The page to show; null when everything is answered and the request is to be sent. */
  private async nextPage(user: CitizenUser, form: NewRequestForm): Promise<NewRequestPage | null> {
    if (form.ret === 'omfang') return this.pages.scope(user, form);
    const wrongScope = scopeErrors(form, today(this.clock.now()));
    if (wrongScope.length > 0) return this.pages.scope(user, form, wrongScope);
    if (form.trin === 'omfang' || form.ret === 'levering') return this.pages.delivery(form);
    const wrongDelivery = deliveryErrors(form);
    if (wrongDelivery.length > 0) return this.pages.delivery(form, wrongDelivery);
    if (form.trin === 'forstaaelse') return null;
    const chosen = await this.pages.chosenCases(user, form);
    return chosen ? this.pages.understanding(user, form, chosen) : this.pages.scope(user, form, notFound());
  }

  private show(request: FastifyRequest, reply: FastifyReply, page: NewRequestPage): Promise<void> {
    return this.writer.send(request, reply, 'anmodning-ny', page, { status: page.errors.length > 0 ? 422 : 200 });
  }
}

function notFound(): FieldError[] {
  return [{ field: 'sager', message: CASES_NOT_FOUND }];
}
