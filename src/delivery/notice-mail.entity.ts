import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A notice that holds no content: that something waits behind the login. */
@Entity('notice_mail')
export class NoticeMailRow {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('text')
  kind!: 'received' | 'answered';

  @Column('text')
  messageId!: string;

  @Column('text')
  state!: 'pending' | 'sent' | 'failed';

  @Column('timestamptz', { nullable: true })
  sentAt!: Date | null;

  @Column('text', { nullable: true })
  errorText!: string | null;
}
