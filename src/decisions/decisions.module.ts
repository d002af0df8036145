import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CloseReview } from './close-review';
import { Decision } from './decision.entity';
import { PackageFile } from './package-file.entity';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Decision, PackageFile])],
  providers: [CloseReview],
  exports: [CloseReview],
})
export class DecisionsModule {}
