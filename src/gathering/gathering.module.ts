import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DocumentRow } from './document.entity';
import { DocumentRelationRow } from './duplicates/document-relation.entity';
import { FileRow } from './file.entity';
import { Gathering } from './gathering';
import { PageRow } from './page.entity';
import { Party } from './party.entity';
import { RecordsCaseRow } from './records-case.entity';
import { Recording } from './recording.entity';
import { Register } from './register';
import { SourceRow } from './source.entity';
import { SourceRun } from './source-run.entity';
import { Sources } from './sources';

@Global()
@Module({
  imports: [
    TypeOrmModule.forFeature([
      DocumentRelationRow,
      DocumentRow,
      FileRow,
      PageRow,
      Party,
      Recording,
      RecordsCaseRow,
      SourceRow,
      SourceRun,
    ]),
  ],
  providers: [Gathering, Register, Sources],
  exports: [Gathering, Register, Sources],
})
export class GatheringModule {}
