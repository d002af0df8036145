import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StaffUser } from '../../identity/sessions';
import { ForStaff } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { Employee, Reply } from '../http/visit';
import { OpenComplaints } from './open-complaints';

/** `/arkiv/klager`. */
@ForStaff('arkivar', 'dpo', 'sagsbehandler', 'godkender')
@Controller('arkiv/klager')
export class OpenComplaintsController {
  constructor(
    private readonly complaints: OpenComplaints,
    private readonly writer: PageWriter,
  ) {}

  @Get()
  async page(@Employee() user: StaffUser, @Req() request: FastifyRequest, @Reply() reply: FastifyReply): Promise<void> {
    await this.writer.send(request, reply, 'klager-aabne', await this.complaints.page(user));
  }
}
