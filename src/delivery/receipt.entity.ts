import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { ReceiptStatus } from '../contracts';

/** A receipt as it came; written once. */
@Entity('receipt')
export class Receipt {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid', { nullable: true })
  deliveryId!: string | null;

  /** Null with the delivery: a receipt for a message that nobody here sent. */
  @Column('uuid', { nullable: true })
  messageId!: string | null;

  @Column('text')
  receiptId!: string;

  /** Fetched by this program, or brought by the post. */
  @Column('text')
  cameBy!: 'pull' | 'push';

  @Column('uuid')
  messageUuid!: string;

  @Column('text')
  status!: ReceiptStatus;

  @Column('text', { nullable: true })
  errorCode!: string | null;

  @Column('text', { nullable: true })
  errorMessage!: string | null;

  @Column('timestamptz')
  at!: Date;

  @Column('timestamptz')
  storedAt!: Date;

  @Column('text')
  raw!: string;
}
