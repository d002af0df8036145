import { Controller, Get } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CertificateWatch } from '../../delivery/certificate-watch';
import { Database } from '../../platform/database/database';
import { ForEverybody } from './access';
import { Reply } from './visit';

/** `/sundhed`: for the machine that watches this one. Says nothing but whether pages can be shown. */
@ForEverybody()
@Controller('sundhed')
export class HealthController {
  constructor(
    private readonly database: Database,
    private readonly certificate: CertificateWatch,
  ) {}

  @Get()
  async health(@Reply() reply: FastifyReply): Promise<void> {
    const isReachable = await this.database.isReachable();
    await reply.status(isReachable ? 200 : 503).send({
      database: isReachable ? 'ok' : 'unreachable',
      digitalPostCertificate: this.certificate.state(),
      digitalPostCertificateDaysLeft: this.certificate.daysLeft() ?? undefined,
    });
  }
}
