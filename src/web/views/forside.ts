/** `/`: what this is and what the citizen gets. */
export interface FrontPage {
  loginHref: string;
  staffLoginHref: string;
  /** How long it takes now, in words ("2 arbejdsdage"); null until there is something to measure. */
  usualTime: string | null;
  /** Set when the citizen is logged in already. */
  ownCasesHref?: string;
}
