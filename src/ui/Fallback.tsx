// What is shown when drawing fails: a sentence and a way to open again, rather than an empty page.
import { Component, type ReactNode } from 'react';

interface FallbackProps {
  readonly words: { readonly cannotDraw: string; readonly reload: string };
  readonly children: ReactNode;
}

export class Fallback extends Component<FallbackProps, { readonly error: Error | undefined }> {
  override state: { readonly error: Error | undefined } = { error: undefined };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    const { error } = this.state;
    if (!error) return this.props.children;
    return (
      <div role="alert" className="fallback">
        <h1>{this.props.words.cannotDraw}</h1>
        <pre>{error.message}</pre>
        <button type="button" className="button" onClick={() => location.reload()}>
          {this.props.words.reload}
        </button>
      </div>
    );
  }
}
