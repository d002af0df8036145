/** The rules a document can be asked for under. The caseworker chooses per case, then per document; the citizen never has to. */
export const LEGAL_BASES = [
  'FVL_PART',
  'OFL_EGENACCES',
  'OFL_ALLE',
  'GDPR_15',
  'SUL_37',
  'MOL_PART',
  'MOL_ALLE',
] as const;

export type LegalBasis = (typeof LEGAL_BASES)[number];

interface BasisText {
  /** What staff pick from. */
  name: string;
  /** The provision in plain Danish, in the genitive form that fits "efter …". */
  provision: string;
}

const TEXTS: Record<LegalBasis, BasisText> = {
  FVL_PART: { name: 'Part i en afgørelsessag', provision: 'forvaltningslovens § 9' },
  OFL_EGENACCES: { name: 'Oplysninger om borgeren selv (egenacces)', provision: 'offentlighedslovens § 8' },
  OFL_ALLE: { name: 'Aktindsigt for enhver', provision: 'offentlighedslovens § 7' },
  GDPR_15: { name: 'Indsigt i egne personoplysninger', provision: 'databeskyttelsesforordningens artikel 15' },
  SUL_37: { name: 'Patientjournal', provision: 'sundhedslovens § 37' },
  MOL_PART: {
    name: 'Miljøoplysninger, part',
    provision: 'miljøoplysningsloven og forvaltningslovens regler om partens aktindsigt',
  },
  MOL_ALLE: { name: 'Miljøoplysninger, enhver', provision: 'miljøoplysningsloven og offentlighedslovens regler' },
};

/** True for a text that names one of the bases. */
export function isLegalBasis(text: string): text is LegalBasis {
  return (LEGAL_BASES as readonly string[]).includes(text);
}

/** The Danish name that staff see. */
export function basisName(basis: LegalBasis): string {
  return TEXTS[basis].name;
}

/** `forvaltningslovens § 9` and so on: stands after "efter". */
export function basisProvision(basis: LegalBasis): string {
  return TEXTS[basis].provision;
}
