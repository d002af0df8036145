import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AccessRequest } from './request.entity';
import { RequestEvent } from './request-event.entity';
import { Requests } from './requests';
import { Transitions } from './transitions';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([AccessRequest, RequestEvent])],
  providers: [Requests, Transitions],
  exports: [Requests, Transitions],
})
export class RequestsModule {}
