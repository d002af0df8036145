import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** A system that claims, by the index of cases, to hold something on the citizen. */
@Entity('claimed_system')
export class ClaimedSystem {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('text')
  name!: string;

  /** The source that searches this system; null when none does. */
  @Column('uuid', { nullable: true })
  sourceId!: string | null;

  /** `{ caseNumber?, kle?, documents }[]` as JSON. */
  @Column('bytea')
  casesSealed!: Buffer;

  @Column('int')
  cases!: number;

  @Column('int')
  documents!: number;

  /**
   * `searched`: somebody has searched it by hand. `left_out`: somebody decided to answer without it. `hidden`: the citizen
   * may not know of the case, so the system is named nowhere.
   */
  @Column('text', { default: 'open' })
  state!: 'open' | 'searched' | 'left_out' | 'hidden';

  @Column('text', { nullable: true })
  words!: string | null;

  @Column('uuid', { nullable: true })
  settledBy!: string | null;

  @Column('timestamptz', { nullable: true })
  settledAt!: Date | null;
}
