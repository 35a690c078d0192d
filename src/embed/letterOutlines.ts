// The letters of the first looks as outlines, of IBM Plex Sans SemiBold (OFL-1.1), 1000 to the em and centred. An image that holds text
// costs the page around it a search for its typeface, which is more than all else in a poster.
import type { Mark } from '../scene/mark.ts';

const OUTLINES: Readonly<Record<string, string>> = {
  A: 'M315 0H178L122 -178H-126L-181 0H-315L-81 -698H83ZM90 -291 33 -467 0 -578H-5L-38 -467L-94 -291Z',
  B: 'M-250 0V-698H74Q160 -698 209 -649Q258 -600 258 -519Q258 -466 240 -434Q222 -402 194 -387Q166 -372 134 -369V-363Q156 -363 182 -354Q208 -345 232 -326Q256 -307 270 -276Q284 -245 284 -200Q284 -144 261 -99Q238 -54 197 -27Q156 0 104 0ZM-118 -299V-112H66Q92 -112 110 -121Q128 -130 137 -147Q146 -164 146 -188V-222Q146 -247 137 -264Q128 -281 110 -290Q92 -299 66 -299ZM-118 -586V-407H46Q70 -407 86 -416Q104 -425 112 -442Q122 -458 122 -481V-512Q122 -535 112 -552Q104 -569 86 -578Q70 -586 46 -586Z',
  C: 'M32 12Q-60 12 -128 -28Q-195 -68 -232 -148Q-269 -227 -269 -344Q-269 -462 -232 -544Q-195 -625 -128 -668Q-60 -710 32 -710Q125 -710 188 -670Q250 -630 287 -549L174 -489Q159 -536 125 -564Q91 -593 32 -593Q-42 -593 -86 -543Q-129 -493 -129 -403V-293Q-129 -204 -86 -154Q-42 -105 32 -105Q91 -105 128 -137Q165 -169 183 -216L290 -153Q253 -75 189 -32Q125 12 32 12Z',
};

/** The mark with outlines for its letters; a letter that has none stays text. */
export function outlined({ tag, attrs, children, text }: Mark): Mark {
  const outline = tag === 'text' && text !== undefined ? OUTLINES[text] : undefined;
  if (outline === undefined) return { tag, attrs, ...(children ? { children: children.map(outlined) } : {}), ...(text ? { text } : {}) };
  const { x = 0, y = 0, fill = '' } = attrs;
  return { tag: 'path', attrs: { d: outline, fill, transform: `translate(${x} ${y}) scale(${Number(attrs['font-size']) / 1000})` } };
}
