// Words in a PNG beside its pixels: a tEXt chunk after the header, as viewers and search machines of pictures read it.

const SIGNATURE_AND_HEADER = 8 + 25;

export function withText(png: Uint8Array<ArrayBuffer>, keyword: string, text: string): Uint8Array<ArrayBuffer> {
  const body = new TextEncoder().encode(`tEXt${keyword}\0${text}`);
  const chunk = new Uint8Array(body.length + 8);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, body.length - 4);
  chunk.set(body, 4);
  view.setUint32(body.length + 4, crcOf(body));
  const all = new Uint8Array(png.length + chunk.length);
  all.set(png.subarray(0, SIGNATURE_AND_HEADER));
  all.set(chunk, SIGNATURE_AND_HEADER);
  all.set(png.subarray(SIGNATURE_AND_HEADER), SIGNATURE_AND_HEADER + chunk.length);
  return all;
}

/** The sum that PNG asks for (ISO 3309), bit by bit: a chunk of words is short. */
function crcOf(bytes: Uint8Array): number {
  let crc = 0xffffffff;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  }
  return ~crc >>> 0;
}
