// How the stage is laid out in a document. What lays out more than one plain owner comes when there is more to show.
import { fitsDocument, layoutEmbed, type Moral, type OwnersDrawing } from '../scene/embedLayout.ts';
import type { Scene } from '../scene/glyphs.ts';
import type { Layout, layoutStage } from '../scene/layout.ts';

export interface DocumentLayoutOptions {
  /** As a page of its own shows it. */
  readonly isWhole: boolean;
  readonly moralOf: (scene: Scene) => Moral | undefined;
  readonly onFailure: (error: unknown) => void;
}

export class DocumentLayout {
  private readonly given: DocumentLayoutOptions;
  private drawing: OwnersDrawing | undefined;
  private whole: typeof layoutStage | undefined;
  private coming: Promise<void> | undefined;

  constructor(given: DocumentLayoutOptions) {
    this.given = given;
  }

  /** The layout; or when to ask again. */
  at(...given: Parameters<typeof layoutStage>): Layout | Promise<void> {
    const [scene, size, messages] = given;
    const { isWhole, moralOf } = this.given;
    if (isWhole || !fitsDocument(scene))
      return (
        this.whole?.(...given) ??
        this.load(async () => {
          this.whole = (await import('../scene/layout.ts')).layoutStage;
        })
      );
    return (
      layoutEmbed(scene, size, messages, moralOf(scene), this.drawing) ??
      this.load(async () => {
        this.drawing = await import('../scene/embedOwners.ts');
      })
    );
  }

  /** Once at a time. Where it does not come, what stands goes on standing. */
  private load(bring: () => Promise<void>): Promise<void> {
    this.coming ??= bring().then(
      () => {
        this.coming = undefined;
      },
      (error) => {
        this.given.onFailure(error);
        return new Promise(() => {});
      },
    );
    return this.coming;
  }
}
