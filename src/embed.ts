// The custom element: <script type="module" src="…/podarium.js"> and <podarium-world scenario="cookie-cutter">. Wiring only.
import { PodariumWorld } from './embed/element.ts';

if (!customElements.get('podarium-world')) customElements.define('podarium-world', PodariumWorld);
