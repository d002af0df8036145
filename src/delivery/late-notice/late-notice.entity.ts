import { Column, Entity } from 'typeorm';
import { SingleLetterColumns, type SingleLetterState } from '../single-letter/single-letter-columns';

/** The letter that says why an answer is late and when it comes. A request can be late again. */
@Entity('late_notice')
export class LateNotice extends SingleLetterColumns {
  /** "at der er 800 sider, som …" */
  @Column('bytea')
  reasonSealed!: Buffer;

  /** The legal date that cannot be kept. */
  @Column('date')
  dueOn!: string;

  @Column('date')
  expectedOn!: string;

  @Column('text')
  state!: SingleLetterState;
}
