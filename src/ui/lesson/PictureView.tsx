// The small picture of an answer, or of the cluster that a challenge asks for. Its words say the same, so it is hidden from those who
// listen.
import { isTray, type Picture, type PicturePod, type PictureTray } from '../../lessons/picture.ts';
import { lookOfLetter } from '../../scene/looks.ts';
import type { PodState } from '../../scene/podState.ts';
import { Glyph } from '../Glyph.tsx';

interface PictureProps {
  readonly picture: Picture;
  readonly size: number;
}

export function PictureView({ picture, size }: PictureProps) {
  return (
    <span className="picture" aria-hidden="true">
      {picture.map((part, i) =>
        // The parts of a picture never change their order.
        // oxlint-disable-next-line react/no-array-index-key
        isTray(part) ? <Tray key={i} tray={part} size={size} /> : <Pod key={i} pod={part} size={size} />,
      )}
    </span>
  );
}

function Tray({ tray, size }: { readonly tray: PictureTray; readonly size: number }) {
  return (
    <span className={tray.isSilent ? 'picture-tray picture-silent' : 'picture-tray'}>
      {tray.pods.map((pod, i) => (
        // oxlint-disable-next-line react/no-array-index-key
        <Pod key={i} pod={pod} size={Math.round(size * 0.8)} />
      ))}
    </span>
  );
}

function Pod({ pod: { letter, state }, size }: { readonly pod: PicturePod; readonly size: number }) {
  if (letter === undefined) return <span className="picture-nothing" style={{ width: size, height: size }} />;
  return <Glyph look={lookOfLetter(letter)} size={size} state={stateOf(state)} />;
}

/** A countdown is shown at two thirds. */
function stateOf(name: PicturePod['state']): PodState {
  return name === 'terminating' ? { name, level: 0.66, leftMs: 20_000 } : name === 'crashed' ? { name, count: 1 } : { name };
}
