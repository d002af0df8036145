import type { Environment } from 'nunjucks';
import type { FragmentName, FragmentViews, PageName, PageViews } from '../views';
import type { PageShell } from '../views/page-shell';
import { templateEnvironment } from './environment';

/** Turns a view into HTML. Knows nothing of requests, sessions or the database. */
export class Pages {
  constructor(private readonly environment: Environment = templateEnvironment()) {}

  /** A whole page. */
  render<Name extends PageName>(name: Name, shell: PageShell, view: PageViews[Name]): string {
    return this.environment.render(`${name}.njk`, { page: shell, view });
  }

  /** A part of a page, for a browser that has the rest already. */
  renderFragment<Name extends FragmentName>(name: Name, shell: PageShell, view: FragmentViews[Name]): string {
    return this.environment.render(`${name}.njk`, { page: shell, view });
  }
}
