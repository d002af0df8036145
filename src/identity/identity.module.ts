import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { People } from './people';
import { PersonRef } from './person-ref.entity';
import { Staff } from './staff.entity';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([PersonRef, Staff])],
  providers: [People],
  exports: [People],
})
export class IdentityModule {}
