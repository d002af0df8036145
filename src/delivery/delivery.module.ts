import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { DeliveryMessage } from './delivery-message.entity';
import { Delivery } from './delivery.entity';
import { HandOver } from './hand-over';
import { Journal } from './journal';
import { JournalEntryRow } from './journal-entry.entity';
import { Mandate } from './mandate.entity';
import { Mandates } from './mandates';
import { NoticeMailRow } from './notice-mail.entity';
import { Notices } from './notices';
import { OpenRequest } from './open-request';
import { Receipt } from './receipt.entity';
import { Recipients } from './recipients';
import { SettleDelivery } from './settle-delivery';
import { SignDecision } from './sign-decision';
import { TakeBack } from './take-back';
import { TakeReceipt } from './take-receipt';

@Global()
@Module({
  imports: [TypeOrmModule.forFeature([Delivery, DeliveryMessage, JournalEntryRow, Mandate, NoticeMailRow, Receipt])],
  providers: [
    HandOver,
    Journal,
    Mandates,
    Notices,
    OpenRequest,
    Recipients,
    SettleDelivery,
    SignDecision,
    TakeBack,
    TakeReceipt,
  ],
  exports: [
    HandOver,
    Journal,
    Mandates,
    Notices,
    OpenRequest,
    Recipients,
    SettleDelivery,
    SignDecision,
    TakeBack,
    TakeReceipt,
  ],
})
export class DeliveryModule {}
