import { Controller, Get, Param, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CitizenUser } from '../../identity/sessions';
import { ForCitizens } from '../http/access';
import { attached } from '../http/file-reply';
import { PageWriter } from '../http/page-writer';
import { Citizen, Reply } from '../http/visit';
import { Answers } from './answer';

/** `/anmodninger/{id}/svar`: the answer, and its files to download. */
@ForCitizens()
@Controller('anmodninger/:id/svar')
export class AnswerController {
  constructor(
    private readonly answers: Answers,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  async page(
    @Citizen() user: CitizenUser,
    @Param('id') id: string,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    await this.writer.send(request, reply, 'svar', await this.answers.page(user, id));
  }

  @Get(':name')
  async file(
    @Citizen() user: CitizenUser,
    @Param('id') id: string,
    @Param('name') name: string,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const { file, content } = await this.answers.file(user, id, name);
    await attached(reply, file.name).type(file.mediaType).header('content-length', file.size).send(content);
  }
}
