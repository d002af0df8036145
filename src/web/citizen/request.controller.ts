import { Controller, Get, Param, Post, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CitizenUser } from '../../identity/sessions';
import { Database } from '../../platform/database/database';
import { Requests } from '../../requests/requests';
import { ForCitizens } from '../http/access';
import { shown } from '../http/file-reply';
import { PageWriter } from '../http/page-writer';
import { Citizen, Reply } from '../http/visit';
import { ProgressStream } from './progress-stream';
import { RequestPages } from './request-pages';

/** `/anmodninger/{id}`: where the request is, live or by reload. */
@ForCitizens()
@Controller('anmodninger/:id')
export class RequestController {
  constructor(
    private readonly pages: RequestPages,
    private readonly stream: ProgressStream,
    private readonly requests: Requests,
    private readonly database: Database,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  async page(
    @Citizen() user: CitizenUser,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'anmodning', await this.pages.page(user, id));
  }

  @Get('forloeb')
  progress(
    @Citizen() user: CitizenUser,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    return this.stream.run(user, id, request, reply);
  }

  /** A letter that the municipality wrote about the answer. */
  @Get('breve/:name')
  async letter(
    @Citizen() user: CitizenUser,
    @Param('id') id: string,
    @Param('name') name: string,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const content = await this.pages.letter(user, id, name.replace(/\.pdf$/, ''));
    await shown(reply, 'brev-om-fejl.pdf').type('application/pdf').send(content);
  }

  @Post('traek-tilbage')
  async withdraw(@Citizen() user: CitizenUser, @Param('id') id: string, @Reply() reply: FastifyReply): Promise<void> {
    await this.database.inAuthority(user.authorityId, async (entities) => {
      const request = await this.pages.own(entities, user, id);
      // A form that was sent twice has done what it should.
      if (request.state !== 'withdrawn') await this.requests.withdraw(entities, request.id, user.personRefId);
    });
    await reply.redirect(`/anmodninger/${id}`, 303);
  }
}
