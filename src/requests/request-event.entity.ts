import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What the citizen reads in the timeline; written once, in the transaction that it tells of. */
@Entity('request_event')
export class RequestEvent {
  @PrimaryGeneratedColumn('identity', { type: 'bigint' })
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('timestamptz')
  at!: Date;

  @Column('text')
  kind!: string;

  @Column('text')
  words!: string;
}
