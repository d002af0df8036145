import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ClaimedSystem } from './claimed-system.entity';
import { CompareWithIndex } from './compare-with-index';
import { DocumentRow } from './document.entity';
import { DocumentRelationRow } from './duplicates/document-relation.entity';
import { FileRow } from './file.entity';
import { GatherAgain } from './gather-again';
import { Gathering } from './gathering';
import { GatheringWatch } from './gathering-watch';
import { HandSearch } from './hand-search';
import { NewItem } from './new-item.entity';
import { OpenAgain } from './open-again';
import { PageRow } from './page.entity';
import { PaperOrder } from './paper-order.entity';
import { Party } from './party.entity';
import { PersonNumber } from './person-number.entity';
import { RecordsCaseRow } from './records-case.entity';
import { Recording } from './recording.entity';
import { Register } from './register';
import { SearchActs } from './search-acts';
import { SourceGapRow } from './source-gap.entity';
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
      ClaimedSystem,
      NewItem,
      PaperOrder,
      PersonNumber,
      SourceGapRow,
    ]),
  ],
  providers: [
    CompareWithIndex,
    GatherAgain,
    Gathering,
    GatheringWatch,
    HandSearch,
    OpenAgain,
    Register,
    SearchActs,
    Sources,
  ],
  exports: [GatherAgain, Gathering, GatheringWatch, HandSearch, OpenAgain, Register, SearchActs, Sources],
})
export class GatheringModule {}
