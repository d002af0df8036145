import { danishDay } from './dice';

/** From the month that an instalment of the rent is taken. */
const INSTALMENTS_FROM = 6;

/** Payment slips, one a page, of so many months after so many months from January 2023. */
export function paymentSlips(first: number, months: number): string {
  return Array.from({ length: months }, (_, index) => slip(first + index)).join('\n\n---\n\n');
}

function slip(month: number): string {
  const day = danishDay('2023-01-31', month * 30);
  const weeks = month % 3 === 0 ? 5 : 4;
  const gross = weeks * 4_465;
  const deducted = month >= INSTALMENTS_FROM ? 1_500 : 0;
  const tax = Math.round((gross - 6_200) * 0.37);
  return [
    `# Udbetalingsmeddelelse nr. ${month + 1}`,
    `Ida Bjerre Lindskov, 140486-1216, Kirsebærvænget 14, 2. tv., 7799 Solby\nUdbetalt ${day}. Sag 32.30.04-G01-118-22`,
    [
      '| Ydelse | Uger | Beløb |',
      `| Sygedagpenge | ${weeks} | ${kroner(gross)} |`,
      `| A-skat, trækprocent 37 | | -${kroner(tax)} |`,
      ...(deducted > 0 ? [`| Afdrag på husleje til Kirkegaard & Søn | | -${kroner(deducted)} |`] : []),
      `| Udbetalt til konto 3544 0007718204 | | ${kroner(gross - tax - deducted)} |`,
    ].join('\n'),
    remark(month),
    'Mener du, at beløbet er forkert, skal du skrive til Ydelsescentret inden fire uger. Peter Blak, 58 10 02 00.',
  ].join('\n\n');
}

function remark(month: number): string {
  if (month === 3) {
    return 'Bemærkning: Beløbet for uge 15 blev først sat ind på Rasmus Lindskovs konto 1551-4080093316. Fejlen er rettet.';
  }
  if (month === 8) {
    return 'Bemærkning: Børnebidrag fra Rasmus Thorup Lindskov (091184-2219) er ikke modtaget. Restance 9.282 kr.';
  }
  if (month === 10) {
    return 'Bemærkning: Kautionist Kirsten Ladefoged Bjerre har betalt 4.000 kr. af restancen fra konto 8117-3904 417220.';
  }
  return 'Bemærkning: Ingen ændringer i forhold til forrige måned.';
}

function kroner(amount: number): string {
  return `${amount.toLocaleString('da-DK')},00`;
}
