// Asks browsers that know how to compile a whole script while it loads, on a thread of its own, instead of each function on the page's
// thread when it is first called. Of the page's own thread that is a third of what a world costs when it comes to life; other browsers
// see a comment.
const HINT = '//# allFunctionsCalledOnLoad';

/** What is nearly all called: the picture, the world and what puts them into documents. */
const CALLED = /\/src\/(embed|scene|session|scenario|kube|kubectl|cluster|sim)\//;

export function compileHint({ moduleIds }: { readonly moduleIds: readonly string[] }): string {
  return moduleIds.some((id) => CALLED.test(id)) ? HINT : '';
}
