import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Sources } from '../../gathering/sources';
import { Database } from '../../platform/database/database';
import { ForEverybody } from '../http/access';
import { PageWriter } from '../http/page-writer';
import { AnyVisit, Reply, type Visit } from '../http/visit';
import { UsualTime } from './usual-time';

/** What anybody can read without logging in. */
@ForEverybody()
@Controller()
export class FrontController {
  constructor(
    private readonly writer: PageWriter,
    private readonly usualTime: UsualTime,
    private readonly sources: Sources,
    private readonly database: Database,
  ) {}

  @Get()
  async front(@AnyVisit() visit: Visit, @Req() request: FastifyRequest, @Reply() reply: FastifyReply): Promise<void> {
    await this.writer.send(request, reply, 'forside', {
      loginHref: '/log-ind',
      staffLoginHref: '/medarbejder',
      usualTime: await this.usualTime.of(visit.authorityId),
      ownCasesHref: visit.user?.kind === 'citizen' ? '/mine-sager' : undefined,
    });
  }

  @Get('om/persondata')
  async personalData(
    @AnyVisit() visit: Visit,
    @Req() request: FastifyRequest,
    @Reply() reply: FastifyReply,
  ): Promise<void> {
    const sources = await this.database.inAuthority(visit.authorityId, (entities) => this.sources.searched(entities));
    await this.writer.send(request, reply, 'om-persondata', {
      keptFor: '12 måneder efter den seneste levering',
      sources: sources.filter(({ kind }) => kind !== 'sbsys-journal').map(({ name }) => capital(name)),
    });
  }

  @Get('was')
  async accessibility(@Req() request: FastifyRequest, @Reply() reply: FastifyReply): Promise<void> {
    await this.writer.send(request, reply, 'was', {
      known: [
        'Dokumenter, der er indskannet eller gjort til billeder, kan ikke læses op. Ring til os, så finder vi en anden form.',
      ],
      assessedOn: '2026-11-22',
    });
  }
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
