// embed.html: the element alone in a frame. The query's words are its attributes, and messages do what its methods do. Wiring only.
// Where the full page is, anybody's query may not say: it lies beside this one.
import './embed.ts';
import type { PodariumWorld } from './embed/element.ts';
import { answerFrames } from './embed/frameMessages.ts';
import { WORDS } from './embed/words.ts';

const world = document.createElement('podarium-world') as PodariumWorld;
const query = new URLSearchParams(location.search);
for (const word of WORDS.filter((each) => each !== 'home')) {
  const value = query.get(word);
  if (value !== null) world.setAttribute(word, value);
}
document.documentElement.lang = query.get('lang') ?? document.documentElement.lang;
document.body.replaceChildren(world);
answerFrames(world);
