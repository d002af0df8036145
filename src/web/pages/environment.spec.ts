import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { templateEnvironment } from './environment';

describe('the templates', () => {
  it('are refused at the start when one of them, included or not, is written wrongly', () => {
    const folder = mkdtempSync(join(tmpdir(), 'skabeloner-'));
    try {
      mkdirSync(join(folder, 'parts'));
      writeFileSync(join(folder, 'side.njk'), "{% include 'parts/del.njk' %}");
      writeFileSync(join(folder, 'parts', 'del.njk'), 'Hej {{ view.navn }}');
      expect(templateEnvironment(folder).render('side.njk', { view: { navn: '<Ida>' } })).toBe('Hej &lt;Ida&gt;');
      writeFileSync(join(folder, 'parts', 'del.njk'), '{% if %}');
      expect(() => templateEnvironment(folder)).toThrow(/del\.njk/);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
