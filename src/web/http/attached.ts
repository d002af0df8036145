import type { FastifyReply } from 'fastify';

/** The reply is a file to keep, which no cache on its way keeps as well. */
export function attached(reply: FastifyReply, fileName: string): FastifyReply {
  return reply.header('content-disposition', `attachment; filename="${fileName}"`).header('cache-control', 'no-store');
}
