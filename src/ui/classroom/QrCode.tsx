// A QR code as one path. A text too long for any code is left out; its link stands beside it anyway.
import qrcode from 'qrcode-generator';

const QUIET = 4;

export function QrCode({ text }: { readonly text: string }) {
  const code = encode(text);
  if (!code) return null;
  const size = code.getModuleCount();
  let path = '';
  for (let row = 0; row < size; row++)
    for (let column = 0; column < size; column++) if (code.isDark(row, column)) path += `M${column + QUIET} ${row + QUIET}h1v1h-1z`;
  const whole = size + 2 * QUIET;
  return (
    <svg className="qr" viewBox={`0 0 ${whole} ${whole}`} aria-hidden="true" shapeRendering="crispEdges">
      <rect width={whole} height={whole} fill="#fff" />
      <path d={path} fill="#000" />
    </svg>
  );
}

function encode(text: string): QRCode | undefined {
  try {
    const code = qrcode(0, 'L');
    code.addData(text);
    code.make();
    return code;
  } catch {
    return undefined;
  }
}
