import { setTimeout as pause } from 'node:timers/promises';
import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { CitizenUser } from '../../identity/sessions';
import { PageWriter } from '../http/page-writer';
import { RequestPages } from './request-pages';

const LOOK_EVERY_MS = 1000;
const HEARTBEAT_EVERY = 15;
/** Then the browser asks again by itself, and whether the person is still logged in is looked at anew. */
const LOOKS_AT_MOST = 300;

/** Server-sent events of one request: the fragment at every change, `slut` when the page is to be read again. */
@Injectable()
export class ProgressStream implements OnModuleDestroy {
  private readonly stopped = new AbortController();

  constructor(
    private readonly pages: RequestPages,
    private readonly writer: PageWriter,
  ) {}

  onModuleDestroy(): void {
    this.stopped.abort();
  }

  /** Resolves when the stream has ended. A request that is not the citizen's throws before anything is sent. */
  async run(user: CitizenUser, id: string, request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const first = await this.pages.version(user, id);
    const left = new AbortController();
    const signal = AbortSignal.any([left.signal, this.stopped.signal]);
    request.raw.once('close', () => left.abort());
    open(reply);
    try {
      await this.tell(user, id, request, reply, first.hasAnswer, signal);
    } catch (error) {
      // Whoever left is not told; any other fault ends the stream, and the browser asks again.
      if (!signal.aborted) request.log?.warn?.({ name: (error as Error).name }, 'A progress stream ended early.');
    } finally {
      reply.raw.end();
    }
  }

  private async tell(
    user: CitizenUser,
    id: string,
    request: FastifyRequest,
    reply: FastifyReply,
    hadAnswer: boolean,
    signal: AbortSignal,
  ): Promise<void> {
    let shown = '';
    for (let look = 0; look < LOOKS_AT_MOST; look += 1) {
      const { text, hasEnded, hasAnswer } = await this.pages.version(user, id);
      if (text !== shown) {
        const progress = await this.pages.progress(user, id);
        send(reply, 'forloeb', await this.writer.fragment(request, reply, 'parts/forloeb', progress));
        shown = text;
      } else if (look % HEARTBEAT_EVERY === 0) {
        reply.raw.write(': her endnu\n\n');
      }
      if (hasEnded || hasAnswer !== hadAnswer) return send(reply, 'slut', '');
      await pause(LOOK_EVERY_MS, undefined, { signal });
    }
  }
}

function open(reply: FastifyReply): void {
  // From here the answer is ours: headers that were set for every page go along.
  reply.hijack();
  for (const [name, value] of Object.entries(reply.getHeaders())) {
    if (value !== undefined) reply.raw.setHeader(name, value);
  }
  reply.raw.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // Else a proxy may keep the events back until the stream ends.
    'x-accel-buffering': 'no',
  });
}

function send(reply: FastifyReply, event: string, html: string): void {
  const data = html
    .split('\n')
    .map((line) => `data: ${line}\n`)
    .join('');
  reply.raw.write(`event: ${event}\n${data}\n`);
}
