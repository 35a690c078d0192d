// <podarium-world>: a world in a document. At first a poster with a question, which costs the page next to nothing; on a press, or when
// it is seen, the player takes its place. Everything stands in a shadow root: no style leaks in or out, and nothing is global.
import { posters, words as wordsOf } from 'virtual:posters';
import { isPageDark, watchPageTheme } from './hostTheme.ts';
import type { Player } from './player.ts';
import type { Poster, PosterWords } from './poster.ts';
import { sign } from './sign.ts';
import { type EmbedOptions, readWords, WORDS } from './words.ts';
import type { WorldElement, WorldState } from './worldElement.ts';

/** Where the site is that the script came from: the full page lies there. */
const SITE = new URL(/\/assets\/[^/]*$/.test(import.meta.url) ? '..' : '.', import.meta.url);

const LANGUAGES = Object.keys(wordsOf);

export class PodariumWorld extends HTMLElement implements WorldElement {
  static readonly observedAttributes = WORDS;
  private readonly root = this.attachShadow({ mode: 'open' });
  private options: EmbedOptions = readWords(() => null, LANGUAGES);
  private player: Player | undefined;
  private loading: Promise<Player | undefined> | undefined;
  private visibility: IntersectionObserver | undefined;
  private stopWatching: (() => void) | undefined;
  /** Of the poster that stands. */
  private bring: ((language: string) => unknown) | undefined;
  private isBuilding = false;
  private isLaidOut = false;
  private isSeen = true;
  /** The attributes it is made with are told one by one before it is connected. */
  private isBuilt = false;

  connectedCallback(): void {
    this.build();
    this.isBuilt = true;
    this.stopWatching = watchPageTheme(() => this.applyTheme());
    this.visibility = new IntersectionObserver((entries) => this.onVisibility(entries.at(-1)?.isIntersecting ?? false));
    this.visibility.observe(this);
  }

  disconnectedCallback(): void {
    this.visibility?.disconnect();
    this.stopWatching?.();
    this.isBuilt = this.isLaidOut = false;
    this.close();
  }

  attributeChangedCallback(name: string): void {
    if (!this.isBuilt || this.isBuilding) return;
    if (name === 'theme') {
      this.options = this.read();
      this.applyTheme();
    } else this.build();
  }

  // What a page may do with it -----------------------------------------------------------------------------------------

  async play(): Promise<void> {
    (await this.load())?.play();
  }

  pause(): void {
    this.player?.pause();
  }

  /** In milliseconds of the world. */
  async seek(atMs: number): Promise<void> {
    await (await this.load())?.seek(atMs);
  }

  /** Runs a kubectl line. */
  async run(line: string): Promise<void> {
    (await this.load())?.run(line);
  }

  /** Undefined until it is loaded. */
  get state(): WorldState | undefined {
    return this.player?.state();
  }

  // ------------------------------------------------------------------------------------------------------------------

  private read(): EmbedOptions {
    return readWords((word) => this.getAttribute(word), LANGUAGES, this.closest('[lang]')?.getAttribute('lang') ?? '');
  }

  /** A link there is pressed by readers: it may lead to a page only. */
  private get home(): URL {
    const { home } = this.options;
    const url = home !== undefined && URL.canParse(home, document.baseURI) ? new URL(home, document.baseURI) : SITE;
    return /^(https?|file):$/.test(url.protocol) ? url : SITE;
  }

  private close(): void {
    this.player?.dispose();
    this.player = this.loading = undefined;
  }

  private build(): void {
    this.isBuilding = true;
    this.close();
    this.options = this.read();
    const { start, isAutoplay } = this.options;
    void this.showPoster();
    this.applyTheme();
    this.isBuilding = false;
    if (start === 'now' || (isAutoplay && start !== 'visible')) void this.start();
  }

  /** Told first when the page has been laid out: now its styles can be asked without making it wait. */
  private onVisibility(isSeen: boolean): void {
    this.isLaidOut = true;
    this.isSeen = isSeen;
    this.applyTheme();
    if (!isSeen) this.player?.rest();
    else if (this.player) this.player.resume();
    else if (this.options.start === 'visible') void this.start();
  }

  private async start(): Promise<void> {
    const player = await this.load();
    // A press on Run is the wish to see it; an autoplay only where motion is welcome.
    if (player && (this.options.start === 'click' || (this.options.isAutoplay && !matchMedia('(prefers-reduced-motion: reduce)').matches)))
      player.play();
  }

  private load(): Promise<Player | undefined> {
    this.loading ??= this.loadPlayer();
    return this.loading;
  }

  private async loadPlayer(): Promise<Player | undefined> {
    const { options } = this;
    const button = this.root.querySelector('button');
    button?.setAttribute('aria-busy', 'true');
    try {
      this.bring?.(options.language);
      const { createPlayer } = await import('./player.ts');
      const player = await createPlayer(this.root, options, this.home, (type, detail) =>
        this.dispatchEvent(new CustomEvent(type, { detail, bubbles: true, composed: true })),
      );
      if (!this.isConnected || options !== this.options) {
        player.dispose();
        return undefined;
      }
      const hadFocus = this.root.activeElement !== null;
      this.player = player;
      // It may have been scrolled away while it was loaded.
      if (!this.isSeen) player.rest();
      const poster = this.root.querySelector('.poster');
      void player.opened.then(() => poster?.remove());
      this.applyTheme();
      if (hadFocus) player.focus();
      this.dispatchEvent(new CustomEvent('ready', { bubbles: true, composed: true }));
      return player;
    } catch (error) {
      this.loading = undefined;
      button?.removeAttribute('aria-busy');
      this.root.querySelector('.failed')?.remove();
      const note = make('p', 'failed', `${wordsOf[this.options.language]?.failed} ${error instanceof Error ? error.message : ''}`);
      note.role = 'alert';
      this.root.querySelector('.poster')?.append(note);
      this.dispatchEvent(new CustomEvent('error', { detail: error }));
      return undefined;
    }
  }

  /** Empty until what it shows has come: then it stands at once and whole. */
  private async showPoster(): Promise<void> {
    const { scenario, language, manifest, run, lesson } = this.options;
    const poster = make('div', 'poster');
    poster.role = 'group';
    poster.ariaLabel = `Podarium: ${scenario}`;
    this.root.replaceChildren(poster);
    adopt(this.root, STYLE);
    const [hangul, known] = await Promise.all([
      language === 'ko' ? import('./hangul.ts').catch(() => undefined) : undefined,
      manifest || lesson || run.length > 0 ? undefined : posters[scenario]?.().catch(() => undefined),
    ]);
    hangul?.setHangul(poster);
    this.bring = known?.bring;
    const words = wordsOf[language] as PosterWords;
    const { seconds, kilobytes, questions, drawn, style } = known?.poster ?? NO_POSTER;
    const picture = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
    picture.setAttribute('class', 'picture');
    picture.ariaHidden = 'true';
    picture.innerHTML = drawn + sign('var(--p-ink)');
    adopt(this.root, style);
    const button = make('button', 'run', seconds > 0 ? words.run.replace('#', `${seconds}`) : words.start);
    button.type = 'button';
    button.addEventListener('click', () => void this.start());
    poster.append(
      picture,
      // What a page says where there are no scripts is what it shows here.
      make('p', 'question', questions[language] ?? (this.textContent?.trim() || words.about)),
      button,
      make('b', 'brand', 'Podarium'),
      make('small', '', words.loads.replace('#', `${__PLAYER_KB__ + kilobytes}`)),
    );
  }

  private applyTheme(): void {
    const { theme } = this.options;
    const isDark = theme === 'auto' ? isPageDark(this.isLaidOut ? this : undefined) : theme === 'dark';
    const name = isDark ? 'dark' : 'light';
    if (this.dataset['scheme'] !== name) this.dataset['scheme'] = name;
    this.player?.setTheme(name);
  }
}

/** Of a world that is not on the menu: it needs the engine. */
const NO_POSTER: Poster = { seconds: 0, kilobytes: __ENGINE_KB__, titles: {}, questions: {}, drawn: '', style: '' };

function make<Tag extends keyof HTMLElementTagNameMap>(tag: Tag, className: string, text = ''): HTMLElementTagNameMap[Tag] {
  const element = document.createElement(tag);
  if (className) element.className = className;
  element.textContent = text;
  return element;
}

const sheets = new Map<string, CSSStyleSheet>();

function adopt(root: ShadowRoot, style: string): void {
  const sheet = sheets.get(style) ?? new CSSStyleSheet();
  if (!sheets.has(style)) sheet.replaceSync(style);
  sheets.set(style, sheet);
  if (!root.adoptedStyleSheets.includes(sheet)) root.adoptedStyleSheets.push(sheet);
}

const STYLE = `:host{all:initial;display:block;box-sizing:border-box;position:relative;width:100%;min-width:280px;height:420px;min-height:360px;container-type:inline-size;--p-canvas:#f2f3ef;--p-ink:#17191a;--p-ink3:#5e6460;--p-edge:#7a817c;
border:1px solid var(--p-edge);border-radius:14px;overflow:hidden;background:var(--p-canvas)}
:host([hidden]){display:none}
:host([look=bare]){border:0;border-radius:0}
:host([data-scheme=dark]){color-scheme:dark;--p-canvas:#0f1213;--p-ink:#ecefed;--p-ink3:#8e9792;--p-edge:#707a76}
.poster{all:initial;color-scheme:inherit;font:15px/1.4 var(--hangul,system-ui),system-ui,sans-serif;color:var(--p-ink);position:absolute;inset:0;display:grid;grid-template:56% auto 1fr auto/minmax(0,1fr);justify-items:center;gap:16px 0;padding:0 18px 16px;background:var(--p-canvas)}
.picture{position:absolute;inset:0;width:100%;height:100%}
.question{word-break:keep-all;grid-row:2;position:relative;margin:0;font-weight:600;font-size:19px;line-height:27px;text-align:center;text-wrap:balance}
.run{grid-area:3/1;position:relative;align-self:start;font-family:inherit;font-size:15px;line-height:20px;font-weight:600;padding:12px 24px;border:0;border-radius:8px;background:var(--p-ink);color:var(--p-canvas);cursor:pointer}
.run::before{content:"";display:inline-block;border:6px solid transparent;border-left:10px solid;border-right:0;margin-right:10px;vertical-align:-1px}
.run:focus-visible{outline:3px solid var(--p-ink);outline-offset:2px}
.run[aria-busy=true]{opacity:.6}
.poster:has(.failed){grid-template-rows:minmax(0,48%) auto 1fr auto}.failed{grid-area:3/1;position:relative;align-self:end;margin:52px 0 0;font-size:13px;line-height:18px;text-align:center;text-wrap:balance;overflow-wrap:anywhere}
.brand,small{grid-area:4/1;position:relative}.brand{justify-self:start;padding-left:30px}
small{justify-self:end;align-self:center;font-size:13px;color:var(--p-ink3)}
@container (max-width:699px){.drawn{transform:scale(var(--middle,1))}}
@container (max-width:559px){.poster{grid-template-rows:48% auto 1fr auto}.question{font-size:17px;line-height:24px}.brand,.sign{display:none}.drawn{transform:scale(var(--narrow,.62))}small{justify-self:center;margin:0}}`;
