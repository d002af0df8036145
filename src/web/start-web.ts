import { hkdfSync } from 'node:crypto';
import cookie from '@fastify/cookie';
import csrfProtection from '@fastify/csrf-protection';
import helmet from '@fastify/helmet';
import rateLimit from '@fastify/rate-limit';
import type { DynamicModule } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import type { FastifyRequest } from 'fastify';
import { ReceiptDoor } from '../delivery/receipt-door';
import { KeyFile } from '../platform/keys/key-file';
import type { Settings } from '../platform/settings';
import { InputPipe } from './http/input-pipe';
import { refuseNul } from './http/refuse-nul';
import { takeUploads } from './http/uploads';
import { Visits } from './http/visits';

const BODY_LIMIT = 1024 * 1024;
/** An address that cannot be decoded leads to the page that says that there is none, and not to Fastify's own words. */
const NOWHERE = '/adressen-kan-ikke-laeses';
const REQUESTS_A_MINUTE = 1200;

/** Starts the pages: the application behind headers, cookies, a limit of speed and a token in every form. */
export async function startWeb(module: DynamicModule, settings: Settings): Promise<NestFastifyApplication> {
  const adapter = new FastifyAdapter({
    bodyLimit: BODY_LIMIT,
    trustProxy: settings.TRUSTED_PROXIES,
    forceCloseConnections: true,
    rewriteUrl: ({ url = '/' }) => (isReadable(url) ? url : NOWHERE),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, adapter);
  app.useGlobalPipes(new InputPipe());
  await protect(app, settings);
  await app.listen(settings.PORT, settings.HOST);
  await app.get(ReceiptDoor).open();
  return app;
}

async function protect(app: NestFastifyApplication, settings: Settings): Promise<void> {
  const isSecure = settings.PUBLIC_URL.startsWith('https://');
  const { key } = await KeyFile.open(settings.MASTER_KEY_FILE);
  const visits = app.get(Visits);
  await app.register(
    cookie as never,
    { secret: Buffer.from(hkdfSync('sha256', key, '', 'cookie', 32)).toString('hex') } as never,
  );
  await app.register(
    helmet as never,
    {
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          defaultSrc: ["'self'"],
          imgSrc: ["'self'", 'data:'],
          styleSrc: ["'self'"],
          scriptSrc: ["'self'"],
          objectSrc: ["'none'"],
          baseUri: ["'none'"],
          formAction: ["'self'"],
          frameAncestors: ["'none'"],
        },
      },
      hsts: isSecure,
      referrerPolicy: { policy: 'same-origin' },
    } as never,
  );
  await app.register(
    rateLimit as never,
    {
      max: REQUESTS_A_MINUTE,
      timeWindow: '1 minute',
      allowList: (request: FastifyRequest) => request.url.startsWith('/assets/'),
    } as never,
  );
  await app.register(
    csrfProtection as never,
    {
      cookieKey: 'formular',
      cookieOpts: { path: '/', httpOnly: true, sameSite: 'strict', secure: isSecure, signed: true },
      getUserInfo: (request: FastifyRequest) => request.visit?.token ?? '',
      csrfOpts: { userInfo: true, hmacKey: Buffer.from(hkdfSync('sha256', key, '', 'csrf', 32)).toString('hex') },
    } as never,
  );
  const fastify = app.getHttpAdapter().getInstance();
  fastify.decorateRequest('visit', null as never);
  fastify.addHook('onRequest', async (request) => {
    if (!isWithoutVisit(request.url)) request.visit = await visits.of(request);
  });
  await takeUploads(app);
  fastify.addHook('preHandler', refuseNul);
  fastify.addHook('preHandler', (request, reply, done) => {
    if (request.method === 'GET' || request.method === 'HEAD') return done();
    fastify.csrfProtection(request, reply, done);
  });
}

function isReadable(url: string): boolean {
  try {
    decodeURI(url);
    return true;
  } catch {
    return false;
  }
}

function isWithoutVisit(url: string): boolean {
  return url.startsWith('/assets/') || url === '/sundhed';
}
