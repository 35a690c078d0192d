// JSON texts that stand one after the other, as `kubectl get -o json` of several lines and `jq -c` print them. Go's decoder reads them
// as a stream. Models apimachinery/pkg/util/yaml/decoder.go (YAMLOrJSONDecoder).

/** Where each object begins and ends; undefined where the text is anything but objects of JSON. */
export function jsonObjectsIn(text: string): readonly (readonly [start: number, end: number])[] | undefined {
  if (!/^\s*\{/.test(text)) return undefined;
  const objects: [number, number][] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: token, index } of text.matchAll(/"(?:[^"\\]|\\.)*"|[{}]|[^\s{}"]+/g)) {
    if (token === '{') {
      if (depth++ === 0) start = index;
    } else if (token === '}') {
      if (--depth === 0) objects.push([start, index + 1]);
    } else if (depth === 0) return undefined;
  }
  return depth === 0 && objects.every(([from, to]) => isJson(text.slice(from, to))) ? objects : undefined;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
