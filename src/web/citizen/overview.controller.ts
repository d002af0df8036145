import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CitizenUser } from '../../identity/sessions';
import { ForCitizens } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { Citizen, Reply } from '../http/visit';
import { OverviewPages } from './overview-page';

@ForCitizens()
@Controller('mine-sager')
export class OverviewController {
  constructor(
    private readonly pages: OverviewPages,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  async page(
    @Citizen() user: CitizenUser,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'mine-sager', await this.pages.page(user));
  }
}
