import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';

/** What the pages and letters say of the municipality. */
export interface AuthoritySettings {
  contactPhone: string;
  contactEmail: string;
  dpoEmail: string;
  unit: string;
  address: string;
  /** KLE numbers, or beginnings of them, of cases whose mere existence is hidden from the citizen's own pages. */
  hiddenKle?: string[];
  /** How long working copies are kept after the last delivery; 12 months when nothing is said. */
  workingCopiesMonths?: number;
  /** A letter about a breach is approved by another than the one who wrote it; one person is enough when nothing is said. */
  incidentLettersNeedTwo?: boolean;
}

/** A municipality. Only the owner's role adds or changes one. */
@Entity('authority')
export class Authority {
  @PrimaryGeneratedColumn('uuid')
  id!: string;

  @Column('text')
  cvr!: string;

  @Column('text')
  name!: string;

  @Column('text')
  shortName!: string;

  @Column('text', { array: true })
  hostNames!: string[];

  @Column('jsonb')
  settings!: AuthoritySettings;

  @Column('bytea')
  wrappedKey!: Buffer;
}
