// The address of the moment shown, with all that was done in it.
import { useEffect, useState } from 'react';
import { writeWorld } from '../session/worldLink.ts';
import { useSessionHandle } from './hooks.tsx';

/** As it is when first asked for; undefined while it is packed. */
export function useWorldLink(): { readonly link: string; readonly isWhole: boolean } | undefined {
  const session = useSessionHandle();
  const [written, setWritten] = useState<{ readonly link: string; readonly isWhole: boolean }>();
  useEffect(() => {
    let isWanted = true;
    void writeWorld(session, import.meta.env['BUILD']).then(({ hash, isWhole }) => {
      if (isWanted) setWritten({ link: new URL(hash, location.href.replace(/[?#].*$/, '')).href, isWhole });
    });
    return () => {
      isWanted = false;
    };
  }, [session]);
  return written;
}
