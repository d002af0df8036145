import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Delivery } from './delivery.entity';
import { HandOver } from './hand-over';
import { Journal } from './journal';
import { JournalEntryRow } from './journal-entry.entity';
import { NoticeMailRow } from './notice-mail.entity';
import { Notices } from './notices';
import { OpenRequest } from './open-request';
import { Receipt } from './receipt.entity';
import { SignDecision } from './sign-decision';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Delivery, JournalEntryRow, NoticeMailRow, Receipt])],
  providers: [HandOver, Journal, Notices, OpenRequest, SignDecision],
  exports: [HandOver, Journal, Notices, OpenRequest, SignDecision],
})
export class DeliveryModule {}
