import type { PaginationView } from '../views/page-shell';

export const PAGE_ROWS = 50;

/** The links to the other pages of a list, with its filter. */
export function pageOf(path: string, filter: Record<string, string>, page: number, total: number): PaginationView {
  const query = new URLSearchParams(Object.entries(filter).filter(([, value]) => value !== ''));
  query.set('side', '');
  return { page, pages: Math.max(1, Math.ceil(total / PAGE_ROWS)), hrefBefore: `${path}?${query.toString()}` };
}
