import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { PartyAccess } from '../../contracts';

export type PersonChoiceKind = 'merge' | 'split' | 'part' | 'everywhere' | 'text';

/** What a choice changed, as staff are told it. */
export interface ChoiceEffect {
  /** Proposals that are judged otherwise now. */
  changed: number;
  documents: number;
  /** Passages decided because the choice says so. */
  decided: number;
  /** Decisions that an employee took one by one, and that stand although the proposal is another now. */
  standing: number;
  /** Passages that the choice would remove, but no provision fits their case by itself. */
  withoutGround: number;
}

/**
 * What an employee decided about a person of a request. Choices are applied in order, and a choice that is undone is
 * passed over: the proposals follow from what was found and the choices alone.
 */
@Entity('person_choice')
export class PersonChoice {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('int')
  seq!: number;

  @Column('text')
  kind!: PersonChoiceKind;

  @Column('text', { nullable: true })
  partyKey!: string | null;

  /** The person merged into, or the new person of a split. */
  @Column('text', { nullable: true })
  intoKey!: string | null;

  @Column('text', { nullable: true })
  role!: string | null;

  @Column('text', { nullable: true })
  access!: PartyAccess | null;

  @Column('text', { nullable: true })
  decision!: 'remove' | 'keep' | null;

  @Column('text', { nullable: true })
  groundId!: string | null;

  /** What a split takes with it: pages, as `file:page`, or single mentions, as `file:page:start`; of words their proposals. */
  @Column('text', { array: true })
  places!: string[];

  /** Name of a person who came of a split. */
  @Column('bytea', { nullable: true })
  nameSealed!: Buffer | null;

  /** Vault: the words that are decided everywhere. */
  @Column('text', { nullable: true })
  wordsKey!: string | null;

  @Column('jsonb')
  effect!: ChoiceEffect;

  @Column('uuid')
  madeBy!: string;

  @Column('timestamptz')
  madeAt!: Date;

  @Column('uuid', { nullable: true })
  undoneBy!: string | null;

  @Column('timestamptz', { nullable: true })
  undoneAt!: Date | null;
}
