import { ParseUUIDPipe } from '@nestjs/common';

/** An address with an id that cannot be one leads nowhere. */
export const Id = new ParseUUIDPipe({ errorHttpStatusCode: 404 });
