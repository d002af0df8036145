import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { Controller, Get, Req } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { assetFile } from '../pages/assets';
import { ForEverybody } from './access';
import { RefusedVisit } from './refused-visit';
import { Reply } from './visit';

const MEDIA_TYPES: Record<string, string> = {
  '.css': 'text/css; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff': 'font/woff',
  '.woff2': 'font/woff2',
};

/** Style sheets, scripts, fonts and icons: those on the list, nothing else. */
@ForEverybody()
@Controller('assets')
export class AssetsController {
  @Get('*')
  async asset(@Req() request: FastifyRequest, @Reply() reply: FastifyReply): Promise<void> {
    const path = assetFile(new URL(request.url, 'http://localhost').pathname);
    const found = path ? await stat(path).catch(() => null) : null;
    if (!path || !found?.isFile()) throw new RefusedVisit('not-found');
    await reply
      .type(MEDIA_TYPES[extname(path)] ?? 'application/octet-stream')
      .header('cache-control', 'public, max-age=3600')
      .send(createReadStream(path));
  }
}
