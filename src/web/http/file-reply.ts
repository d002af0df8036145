import type { FastifyReply } from 'fastify';

/** The reply is a file to keep, which no cache on its way keeps as well. */
export function attached(reply: FastifyReply, fileName: string): FastifyReply {
  return named(reply, 'attachment', fileName);
}

/** The reply is a file to look at in the browser, which no cache on its way keeps. */
export function shown(reply: FastifyReply, fileName: string): FastifyReply {
  return named(reply, 'inline', fileName);
}

function named(reply: FastifyReply, how: 'attachment' | 'inline', fileName: string): FastifyReply {
  return reply.header('content-disposition', `${how}; filename="${fileName}"`).header('cache-control', 'no-store');
}
