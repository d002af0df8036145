import { ConversionNotes } from './conversion-note';
import { stripHtml } from './strip-html';

function stripped(html: string): { html: string; codes: string[] } {
  const notes = new ConversionNotes();
  const result = stripHtml(html, notes);
  return { html: result, codes: notes.list().map(({ code }) => code) };
}

it.each([
  '<img src="http://x.dk/a.png">',
  '<img src=//x.dk/a.png>',
  '<img src="\\\\server\\share\\a.png">',
  '<img src="file:///etc/passwd">',
  '<p style="background:url(http://x.dk/a.png)">Hej</p>',
  '<style>@import "http://x.dk/a.css"; p{background:url(//x.dk/b.png)}</style>',
  '<link rel=stylesheet href=http://x.dk/a.css>',
  '<td background="http://x.dk/a.png">Hej</td>',
  '<svg><image href="http://x.dk/a.png"/></svg>',
  '<iframe src="http://x.dk/"></iframe>',
  '<meta http-equiv=refresh content="0;url=http://x.dk/">',
])('takes the reference out of %s and notes it', (html) => {
  const result = stripped(html);
  expect(result.html).not.toMatch(/x\.dk|server|passwd/);
  expect(result.codes).toEqual(['remote-left-out']);
});

it('keeps a picture that the page holds itself', () => {
  const source = 'data:image/png;base64,iVBORw0KGgo=';
  expect(stripped(`<img width=10 src="${source}">`).html).toContain(`<img src="${source}" width="10">`);
});

it('does not split a number in two where an element is taken out', () => {
  expect(stripped('<p>010170-<o:p></o:p>1234</p>').html).toContain('<p>010170-1234</p>');
});

it('shows what was hidden', () => {
  const { html, codes } = stripped('<p style="color:red;display:none">Skjult</p><div hidden>Også</div>');
  expect(html).toContain('<p style="color:red;">Skjult</p><div>Også</div>');
  expect(codes).toEqual(['hidden-text-shown']);
});

it('ends on markup that never closes, in time that grows with its length', () => {
  const started = process.cpuUsage();
  stripped('<a "'.repeat(50_000));
  stripped(`${'<a b="c" '.repeat(50_000)}>`);
  const { user } = process.cpuUsage(started);
  expect(user / 1_000_000).toBeLessThan(20);
});
