// Hangul for readers who have no typeface for it: it comes only when a letter is found in none of those that systems have.
import regular from 'virtual:face/hangul-400';
import bold from 'virtual:face/hangul-600';

/** Of macOS and iOS, Windows, Android, and what Linux has. */
const SYSTEMS = '"Apple SD Gothic Neo","Malgun Gothic","Noto Sans KR","Noto Sans CJK KR",NanumGothic';
const OWN = 'Podarium Hangul';

let isAdded = false;

/** Tells a box in `--hangul` what Korean is set in. */
export function setHangul({ style }: HTMLElement): void {
  if (!isAdded && typeof FontFace !== 'undefined')
    for (const face of [faceOf(regular, '400'), faceOf(bold, '600')]) document.fonts.add(face);
  isAdded = true;
  style.setProperty('--hangul', `${SYSTEMS},"${OWN}"`);
}

function faceOf(url: string, weight: string): FontFace {
  return new FontFace(OWN, `url(${JSON.stringify(new URL(url, import.meta.url).href)})`, { weight });
}
