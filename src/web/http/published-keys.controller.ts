import { Controller, Get } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { SigningKeys } from '../../decisions/certificate/signing-keys';
import { ForEverybody } from './access';
import { AnyVisit, Reply, type Visit } from './visit';

/** `/.well-known/aktindsigt-noegler.json`: the keys with which anybody can check a certificate, the retired ones too. */
@ForEverybody()
@Controller('.well-known/aktindsigt-noegler.json')
export class PublishedKeysController {
  constructor(private readonly keys: SigningKeys) {}

  @Get()
  async published(@AnyVisit() visit: Visit, @Reply() reply: FastifyReply): Promise<void> {
    await reply.type('application/json').send(await this.keys.published(visit.authorityId));
  }
}
