import catalogue from './legal-grounds.json';
import type { LegalBasis } from './legal-basis';

/** What a ground may withhold: the whole request, case or document, or a passage. */
export type GroundLevel = 'request' | 'case' | 'document' | 'text';

/** One row of the catalogue, which a jurist can change without code. */
export interface LegalGround {
  id: string;
  statute: 'FVL' | 'OFL' | 'DBL' | 'GDPR' | 'SUL';
  provision: string;
  titleDa: string;
  meaningDa: string;
  level: GroundLevel;
  typicalUse: string;
  /** `concrete`: the letter must tell the weighing; `absolute`: the kind of information decides. */
  weighing: 'concrete' | 'absolute' | 'n/a';
  validForBases: LegalBasis[];
  source: string;
  note: string;
  /** Facts in what is withheld must be given (FVL § 14 a, OFL § 28). */
  extractFacts: boolean;
  /** Professional assessments in what is withheld must be given (FVL §§ 14 a-14 b, OFL §§ 28-29). */
  extractAssessments: boolean;
  extraAccess: 'none' | 'consider' | 'if-fvl-27-allows';
}

const GROUNDS = catalogue as LegalGround[];
const byId = new Map(GROUNDS.map((ground) => [ground.id, ground]));

const STATUTE_GENITIVE: Record<LegalGround['statute'], string> = {
  FVL: 'forvaltningslovens',
  OFL: 'offentlighedslovens',
  DBL: 'databeskyttelseslovens',
  GDPR: 'databeskyttelsesforordningens',
  SUL: 'sundhedslovens',
};

/**
 * Environmental information: a party's access follows the party rules of forvaltningsloven. The 1985 act that applies to
 * anybody else is not in the catalogue, so a jurist chooses and writes the ground.
 */
const BORROWED: Partial<Record<LegalBasis, LegalBasis>> = { MOL_PART: 'FVL_PART' };

/** The ground with this id, or null. */
export function groundById(id: string): LegalGround | null {
  return byId.get(id) ?? null;
}

/** True when the ground exists and may be used on a document that was asked for under `basis`. */
export function fits(groundId: string, basis: LegalBasis): boolean {
  return byId.get(groundId)?.validForBases.includes(BORROWED[basis] ?? basis) ?? false;
}

/** The grounds that a screen may offer, in the order of the catalogue. */
export function groundsFor(basis: LegalBasis, level: GroundLevel): LegalGround[] {
  return GROUNDS.filter((ground) => ground.level === level && fits(ground.id, basis));
}

/** Why a passage is proposed for removal, as far as the choice of ground depends on it. */
export type PassageKind = 'third_party' | 'notifier' | 'protected_address' | 'business' | 'control';

const DEFAULTS: Partial<Record<LegalBasis, Partial<Record<PassageKind, string>> & { third_party: string }>> = {
  FVL_PART: { third_party: 'FVL-15B-5', control: 'FVL-15B-2' },
  MOL_PART: { third_party: 'FVL-15B-5', control: 'FVL-15B-2' },
  OFL_EGENACCES: { third_party: 'OFL-8-ANDRE', control: 'OFL-33-2' },
  OFL_ALLE: { third_party: 'OFL-30-1', business: 'OFL-30-2', control: 'OFL-33-2' },
  GDPR_15: { third_party: 'DBL-22-1', control: 'DBL-22-2' },
};

/**
 * The ground that is chosen beforehand for a passage; the caseworker can change it to any that fits. Null where there is
 * none to propose: a patient's own record accepts no third-party ground from 2010 on (SUL § 37), MOL_ALLE is a jurist's.
 */
export function defaultGroundFor(basis: LegalBasis, kind: PassageKind): LegalGround | null {
  const row = DEFAULTS[basis];
  return row ? groundById(row[kind] ?? row.third_party) : null;
}

/**
 * True when a document under SUL § 37 may carry this ground. Notes from 1 January 2010 on accept none without a
 * jurist's written reason.
 */
export function fitsPatientRecord(groundId: string, documentDate: string): boolean {
  return fits(groundId, 'SUL_37') && (groundId !== 'SUL-37-3' || documentDate < '2010-01-01');
}

/** For the box on the page: `§ 15 b, nr. 5`. */
export function shortLabel(ground: LegalGround): string {
  return ground.provision;
}

/** For the letter: `forvaltningslovens § 15 b, nr. 5`. */
export function longCitation(ground: LegalGround): string {
  return `${STATUTE_GENITIVE[ground.statute]} ${ground.provision}`;
}
