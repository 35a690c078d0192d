// Dates and times as `date` writes them, always in UTC.
import { EPOCH_MS } from '../../../kube/meta.ts';

const DAY_MS = 86_400_000;
const DAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];
const MONTHS = ['January', 'February', 'March', 'April', 'May', 'June', 'July', 'August', 'September', 'October', 'November', 'December'];

/** A moment of the simulation by the letters of strftime(3). */
export function formatDate(atMs: number, format: string): string {
  return formatInstant(EPOCH_MS + atMs, format);
}

export function formatInstant(unixMs: number, format: string): string {
  const date = new Date(unixMs);
  return format.replace(/%([-_0^]?)(\d*)([a-zA-Z%+])/g, (whole, flag: string, _width: string, letter: string) => {
    const text = part(date, unixMs, letter);
    if (text === undefined) return whole;
    return flag === '-' ? text.replace(/^[0 ]+(?=.)/, '') : flag === '^' ? text.toUpperCase() : text;
  });
}

function dayOfYear(date: Date): number {
  return Math.floor((date.getTime() - Date.UTC(date.getUTCFullYear(), 0, 1)) / DAY_MS);
}

/** The week of the year, of which the first begins with this day of the week. */
function weekOf(date: Date, firstDay: number): number {
  return Math.floor((dayOfYear(date) + 7 - ((date.getUTCDay() - firstDay + 7) % 7)) / 7);
}

/** A week belongs to the year in which its Thursday is. */
function isoWeek(date: Date): { readonly year: number; readonly week: number } {
  const thursday = new Date(date.getTime() + (4 - (date.getUTCDay() || 7)) * DAY_MS);
  return { year: thursday.getUTCFullYear(), week: Math.floor(dayOfYear(thursday) / 7) + 1 };
}

function part(date: Date, unixMs: number, letter: string): string | undefined {
  const two = (number: number, filler = '0') => String(number).padStart(2, filler);
  const day = DAYS[date.getUTCDay()] as string;
  const month = MONTHS[date.getUTCMonth()] as string;
  switch (letter) {
    case 'a':
      return day.slice(0, 3);
    case 'A':
      return day;
    case 'b':
    case 'h':
      return month.slice(0, 3);
    case 'B':
      return month;
    case 'c':
      return formatInstant(unixMs, '%a %b %e %H:%M:%S %Y');
    case 'C':
      return two(Math.floor(date.getUTCFullYear() / 100));
    case 'd':
      return two(date.getUTCDate());
    case 'D':
      return formatInstant(unixMs, '%m/%d/%y');
    case 'e':
      return two(date.getUTCDate(), ' ');
    case 'F':
      return formatInstant(unixMs, '%Y-%m-%d');
    case 'H':
      return two(date.getUTCHours());
    case 'I':
      return two(((date.getUTCHours() + 11) % 12) + 1);
    case 'j':
      return String(dayOfYear(date) + 1).padStart(3, '0');
    case 'm':
      return two(date.getUTCMonth() + 1);
    case 'M':
      return two(date.getUTCMinutes());
    case 'N':
      return `${String(date.getUTCMilliseconds()).padStart(3, '0')}000000`;
    case 'n':
      return '\n';
    case 'p':
      return date.getUTCHours() < 12 ? 'AM' : 'PM';
    case 'r':
      return formatInstant(unixMs, '%I:%M:%S %p');
    case 'R':
      return formatInstant(unixMs, '%H:%M');
    case 's':
      return String(Math.floor(unixMs / 1000));
    case 'S':
      return two(date.getUTCSeconds());
    case 'T':
      return formatInstant(unixMs, '%H:%M:%S');
    case 't':
      return '\t';
    case 'u':
      return String(date.getUTCDay() || 7);
    case 'U':
      return two(weekOf(date, 0));
    case 'V':
      return two(isoWeek(date).week);
    case 'G':
      return String(isoWeek(date).year);
    case 'W':
      return two(weekOf(date, 1));
    case 'w':
      return String(date.getUTCDay());
    case 'y':
      return two(date.getUTCFullYear() % 100);
    case 'Y':
      return String(date.getUTCFullYear());
    case 'z':
      return '+0000';
    case 'Z':
      return 'UTC';
    case '%':
      return '%';
    default:
      return undefined;
  }
}
