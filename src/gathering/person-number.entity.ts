import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { NumberReason } from '../contracts';

/** A CPR number that the citizen has or has had; encrypted. */
@Entity('person_number')
export class PersonNumber {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('uuid')
  authorityId!: string;

  @Column('uuid')
  requestId!: string;

  @Column('int')
  position!: number;

  @Column('bytea')
  numberSealed!: Buffer;

  @Column('text')
  reason!: NumberReason;
}

/** Cases found by one of these may be somebody's secret, also from the citizen: a jurist looks first. */
export function needsJurist(reason: NumberReason): boolean {
  return reason === 'adoption' || reason === 'legal_gender' || reason === 'replacement';
}
