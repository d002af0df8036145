/** The municipality as the pages show it. */
export interface AuthorityView {
  /** "Solby Kommune". */
  name: string;
  /** Address of the logo picture; without one the name stands alone beside its initial. */
  logoHref?: string;
  /** A style sheet that sets `--kommune-farve`. */
  stylesheetHref?: string;
  phone: string;
  email: string;
  address: string;
  openingHours?: string;
  dpoEmail: string;
}

export interface SignedInView {
  name: string;
  kind: 'citizen' | 'staff';
  /** Roles in words: "sagsbehandler", "arkivar". */
  roles: string[];
}

/** What every page needs besides its own view. */
export interface PageShell {
  authority: AuthorityView;
  person?: SignedInView;
  /** Value of the hidden field `_csrf` in every form that posts. */
  csrfToken: string;
  now: Date;
  /** One sentence about what was just done, or could not be done: shown above the page's content. */
  notice?: { tone: 'success' | 'info' | 'warning' | 'error'; text: string };
}

/** `field` is the form's own name of the field; the error summary links to it. */
export interface FieldError {
  field: string;
  message: string;
}

export interface PaginationView {
  page: number;
  pages: number;
  /** Everything of the address before the page number: `/arkiv/log?hvem=x&side=`. */
  hrefBefore: string;
}

export interface LinkView {
  text: string;
  href: string;
}
