/** A calendar month. */
export interface Month {
  readonly year: number;
  /** 1 to 12. */
  readonly month: number;
}

/** The month of a date such as `2026-11-23`. */
export function monthOf(date: string): Month {
  return { year: Number(date.slice(0, 4)), month: Number(date.slice(5, 7)) };
}

/** The month so many months later. */
export function monthsAfter({ year, month }: Month, count: number): Month {
  const months = year * 12 + (month - 1) + count;
  return { year: Math.floor(months / 12), month: (months % 12) + 1 };
}

/** A month as `2027-03`. */
export function monthText({ year, month }: Month): string {
  return `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
}

/** The first day of a month, as days since 1970-01-01 in the Gregorian calendar. */
export function firstDay({ year, month }: Month): number {
  // Years begin in March here, so that the leap day is a year's last.
  const y = month <= 2 ? year - 1 : year;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5);
  return (
    365 * y + Math.floor(y / 4) - Math.floor(y / 100) + Math.floor(y / 400) + dayOfYear - 719_468
  );
}

/** How many days a month has. */
export function daysIn(month: Month): number {
  return firstDay(monthsAfter(month, 1)) - firstDay(month);
}

/** A day, given as days since 1970-01-01, as `2026-10-31`. */
export function dayText(day: number): string {
  // The month so many times 31 days on is never a later one, and near.
  let month = monthsAfter({ year: 1970, month: 1 }, Math.floor(day / 31));
  while (firstDay(monthsAfter(month, 1)) <= day) month = monthsAfter(month, 1);
  return `${monthText(month)}-${String(day - firstDay(month) + 1).padStart(2, '0')}`;
}
