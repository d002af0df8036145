import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Login } from './login';
import { People } from './people';
import { PersonRef } from './person-ref.entity';
import { SessionRow } from './session.entity';
import { Sessions } from './sessions';
import { Staff } from './staff.entity';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([PersonRef, SessionRow, Staff])],
  providers: [Login, People, Sessions],
  exports: [Login, People, Sessions],
})
export class IdentityModule {}
