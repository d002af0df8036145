import { drawing, type DrawnBox } from './page-drawing.js';

/**
 * The review screen's comfort: decisions without leaving the page, keys, and drawing. Every decision is the same form that
 * works without this file; a decision that the server does not confirm is sent as an ordinary form, so that nothing is lost.
 */
interface DecisionAnswer {
  state: 'proposed' | 'remove' | 'keep';
  /** The status tag as HTML. */
  statusHtml: string;
  pageStatus: string;
  savedAt: string;
}

const proposals = (): HTMLElement[] => [...document.querySelectorAll<HTMLElement>('li.forslag')];
const boxesOf = (id: string): Element | null => document.querySelector(`g[data-forslag="${CSS.escape(id)}"]`);
let chosen: HTMLElement | null = null;

function choose(item: HTMLElement | undefined): void {
  if (!item) return;
  for (const old of document.querySelectorAll('.er-valgt')) old.classList.remove('er-valgt');
  chosen = item;
  item.classList.add('er-valgt');
  const boxes = boxesOf(item.dataset.forslag ?? '');
  boxes?.classList.add('er-valgt');
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: 'nearest' });
  boxes?.scrollIntoView({ block: 'nearest' });
}

function move(step: 1 | -1): void {
  const all = proposals();
  const from = chosen ? all.indexOf(chosen) : step === 1 ? -1 : all.length;
  choose(all[Math.min(Math.max(from + step, 0), all.length - 1)]);
}

function showAnswer(item: HTMLElement, answer: DecisionAnswer): void {
  item.classList.remove('forslag-proposed', 'forslag-remove', 'forslag-keep');
  item.classList.add(`forslag-${answer.state}`);
  item.dataset.tilstand = answer.state;
  boxesOf(item.dataset.forslag ?? '')?.setAttribute('class', `felt felt-${answer.state} er-valgt`);
  const status = item.querySelector('[data-status]');
  const parsed = new DOMParser().parseFromString(answer.statusHtml, 'text/html');
  status?.replaceChildren(...parsed.body.childNodes);
  const pressed = { remove: 'fjern', keep: 'behold', proposed: '' }[answer.state];
  for (const button of item.querySelectorAll<HTMLButtonElement>('button[name="afgoerelse"]')) {
    if (button.value === pressed) button.setAttribute('aria-pressed', 'true');
    else button.removeAttribute('aria-pressed');
  }
  const saved = document.querySelector('#gemt');
  if (saved) saved.textContent = `Gemt ${answer.savedAt}`;
  const page = document.querySelector('#sidestatus');
  if (page) page.textContent = answer.pageStatus;
  document.querySelector('#fortryd')?.removeAttribute('disabled');
}

/** True when the server has stored the decision. */
async function send(form: HTMLFormElement, button: HTMLButtonElement): Promise<DecisionAnswer | null> {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form, button)) fields.append(name, String(value));
  try {
    const response = await fetch(form.action, {
      method: 'POST',
      body: fields,
      headers: { accept: 'application/json' },
      redirect: 'error',
    });
    return response.ok ? ((await response.json()) as DecisionAnswer) : null;
  } catch {
    return null;
  }
}

async function decide(item: HTMLElement, button: HTMLButtonElement): Promise<void> {
  const form = button.form;
  if (!form || item.dataset.sender === 'true') return;
  item.dataset.sender = 'true';
  const answer = await send(form, button);
  delete item.dataset.sender;
  if (!answer) {
    submitPlainly(form, button);
    return;
  }
  showAnswer(item, answer);
  const next = proposals().find((other) => other.dataset.tilstand === 'proposed');
  if (next) choose(next);
  // The list of documents, the way on and the closing button depend on the whole request: the page is read again.
  else window.location.reload();
}

let isPlain = false;
function submitPlainly(form: HTMLFormElement, button: HTMLButtonElement): void {
  isPlain = true;
  form.requestSubmit(button);
}

document.addEventListener(
  'submit',
  (event) => {
    const form = event.target as HTMLFormElement;
    const item = form.closest<HTMLElement>('li.forslag');
    const button = event.submitter;
    if (isPlain || !item || !(button instanceof HTMLButtonElement)) return;
    event.preventDefault();
    void decide(item, button);
  },
  true,
);

function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.closest('input, textarea, select, [contenteditable]') !== null;
}

const keys: Record<string, () => void> = {
  j: () => move(1),
  k: () => move(-1),
  f: () => chosen?.querySelector<HTMLButtonElement>('button[value="fjern"]')?.click(),
  b: () => chosen?.querySelector<HTMLButtonElement>('button[value="behold"]')?.click(),
};

document.addEventListener('keydown', (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const action = keys[event.key.toLowerCase()];
  if (!action) return;
  event.preventDefault();
  action();
});

for (const group of document.querySelectorAll<SVGGElement>('g[data-forslag]')) {
  group.addEventListener('click', () =>
    choose(proposals().find((item) => item.dataset.forslag === group.dataset.forslag)),
  );
}

function enableDrawing(): void {
  const svg = document.querySelector<SVGSVGElement>('#side');
  const rectangle = document.querySelector<SVGRectElement>('#tegnet');
  const button = document.querySelector<HTMLButtonElement>('#tegn');
  const form = document.querySelector<HTMLFormElement>('#tegneform');
  if (!svg || !rectangle || !button || !form) return;
  const setField = (name: string, value: number): void => {
    const field = form.elements.namedItem(name);
    if (field instanceof HTMLInputElement) field.value = value.toFixed(2);
  };
  const keep = (box: DrawnBox): void => {
    setField('x', box.x);
    setField('y', box.y);
    setField('bredde', box.width);
    setField('hoejde', box.height);
    form.querySelector<HTMLElement>('select[name="hjemmel"]')?.focus();
  };
  const turn = drawing(svg, rectangle, keep);
  button.hidden = false;
  button.addEventListener('click', () => {
    const isOn = button.getAttribute('aria-pressed') !== 'true';
    button.setAttribute('aria-pressed', String(isOn));
    if (!isOn) for (const name of ['x', 'y', 'bredde', 'hoejde']) clear(form, name);
    turn(isOn);
  });
}

function clear(form: HTMLFormElement, name: string): void {
  const field = form.elements.namedItem(name);
  if (field instanceof HTMLInputElement) field.value = '';
}

/** A page counts as seen when its last line has been on the screen; an unread page is confirmed by hand only. */
function markSeenWhenShown(): void {
  const form = document.querySelector<HTMLFormElement>('#setform');
  const button = document.querySelector<HTMLButtonElement>('#set');
  const figure = document.querySelector('.sidebillede');
  if (!form || !button || button.disabled || !figure || form.dataset.kunHaand !== undefined) return;
  const end = document.createElement('span');
  figure.append(end);
  const watcher = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watcher.disconnect();
    void send(form, button).then((answer) => {
      if (!answer) return;
      button.disabled = true;
      button.textContent = 'Siden er set';
    });
  });
  watcher.observe(end);
}

enableDrawing();
markSeenWhenShown();
choose(proposals().find((item) => item.dataset.tilstand === 'proposed'));
