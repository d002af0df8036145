import type { TestUser } from './test-user';

/** The page where one picks who logs in. A plain form: one button a user, and one that gives up. */
export function chooserPage(title: string, action: string, users: TestUser[]): string {
  const buttons = users.map(
    (user) =>
      `<li><button name="user" value="${escapeHtml(user.id)}">${escapeHtml(user.name)}</button> ${escapeHtml(describe(user))}</li>`,
  );
  return `<!doctype html>
<html lang="da">
<head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
<p>Dette er en efterligning af login til afprøvning. Personerne er opdigtede.</p>
<form method="post" action="${escapeHtml(action)}">
<ul>
${buttons.join('\n')}
</ul>
<p><button name="cancel" value="ja">Fortryd</button></p>
</form>
</main>
</body>
</html>
`;
}

function describe(user: TestUser): string {
  if (user.kind === 'employee') return `(${user.roles.join(', ')})`;
  const level = { Low: 'lav', Substantial: 'betydelig', High: 'høj' }[user.loa];
  return user.kind === 'professional' ? `(MitID Erhverv, sikkerhed ${level})` : `(sikkerhed ${level})`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
