// Puts a text on the clipboard and says so, or says that the browser refuses: then it can still be marked and copied by hand.
import { useMessages, useSessionHandle } from './hooks.tsx';

export function useCopy(): (text: string, copied?: string) => void {
  const session = useSessionHandle();
  const { share } = useMessages();
  return (text, copied = share.copied) => {
    const fail = () => session.notify(share.copyFailed, { isError: true });
    if (!navigator.clipboard) return fail();
    navigator.clipboard.writeText(text).then(() => session.notify(copied), fail);
  };
}
