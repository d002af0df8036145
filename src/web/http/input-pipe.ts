import { HttpException, NotFoundException, ValidationPipe, type ArgumentMetadata } from '@nestjs/common';

/** Checks forms and queries by their classes. An address with a part that cannot be leads nowhere: it is not a bad form. */
export class InputPipe extends ValidationPipe {
  constructor() {
    super({ transform: true, whitelist: true, stopAtFirstError: true });
  }

  override async transform(value: unknown, metadata: ArgumentMetadata): Promise<unknown> {
    try {
      return await super.transform(value, metadata);
    } catch (error) {
      if (metadata.type === 'param' && error instanceof HttpException) throw new NotFoundException();
      throw error;
    }
  }
}
