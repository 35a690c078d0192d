// The rules for the volumes of a pod. Models pkg/apis/core/validation/validation.go (ValidateVolumes).
// Leaves out the sources that need a storage driver: their own fields are taken as they are.
import type { FieldError } from '../errors.ts';
import { allInvalid, duplicate, forbidden, invalid, NEGATIVE, notSupported, required } from '../fieldErrors.ts';
import type { Volume } from '../kinds/pod.ts';
import { isDns1123Label } from '../names.ts';
import { parseQuantity } from '../quantity.ts';

const HOST_PATH_TYPES = ['', 'BlockDevice', 'CharDevice', 'Directory', 'DirectoryOrCreate', 'File', 'FileOrCreate', 'Socket'];
const FILE_MODE_ERROR = 'must be a number between 0 and 0777 (octal), both inclusive';

/** The mistakes, and the names of the volumes that have none: mounts may name only these. */
export function validateVolumes(volumes: readonly Volume[] | undefined, field: string): { errors: FieldError[]; names: Set<string> } {
  const names = new Set<string>();
  const errors = (volumes ?? []).flatMap((volume, i) => {
    const path = `${field}[${i}]`;
    const found = validateSource(volume, path);
    if (!volume.name) found.push(required(`${path}.name`));
    else found.push(...allInvalid(`${path}.name`, volume.name, isDns1123Label(volume.name)));
    if (names.has(volume.name)) found.push(duplicate(`${path}.name`, volume.name));
    if (found.length === 0) names.add(volume.name);
    return found;
  });
  return { errors, names };
}

type Source = Readonly<Record<string, unknown>>;

const requireField = (name: string) => (source: Source, path: string) => (source[name] ? [] : [required(`${path}.${name}`)]);

const sources: Readonly<Record<string, (source: Source, path: string) => FieldError[]>> = {
  emptyDir: (source, path) => {
    const limit = source.sizeLimit as string | undefined;
    return limit !== undefined && parseQuantity(limit).nano < 0n ? [forbidden(`${path}.sizeLimit`, `SizeLimit field ${NEGATIVE}`)] : [];
  },
  hostPath: (source, path) => [
    ...(source.path ? [] : [required(`${path}.path`)]),
    ...(String(source.path ?? '')
      .split('/')
      .includes('..')
      ? [invalid(`${path}.path`, source.path, "must not contain '..'")]
      : []),
    ...(HOST_PATH_TYPES.includes(String(source.type ?? '')) ? [] : [notSupported(`${path}.type`, source.type, HOST_PATH_TYPES)]),
  ],
  secret: (source, path) => [...requireField('secretName')(source, path), ...validateFiles(source, path)],
  configMap: (source, path) => [...requireField('name')(source, path), ...validateFiles(source, path)],
  downwardAPI: validateFiles,
  projected: validateFiles,
  persistentVolumeClaim: requireField('claimName'),
  nfs: (source, path) => [...requireField('server')(source, path), ...requireField('path')(source, path)],
  csi: requireField('driver'),
};

function validateSource(volume: Volume, path: string): FieldError[] {
  const given = Object.keys(volume).filter((key) => key !== 'name' && volume[key] !== undefined);
  const [first, ...others] = given;
  if (first === undefined) return [required(path, 'must specify a volume type')];
  return [
    ...(sources[first]?.(volume[first] as Source, `${path}.${first}`) ?? []),
    ...others.map((other) => forbidden(`${path}.${other}`, 'may not specify more than 1 volume type')),
  ];
}

function validateFiles(source: Source, path: string): FieldError[] {
  const isWrongMode = (mode: unknown) => typeof mode === 'number' && (mode < 0 || mode > 0o777);
  const items = Array.isArray(source.items) ? (source.items as Source[]) : [];
  return [
    ...(isWrongMode(source.defaultMode) ? [invalid(`${path}.defaultMode`, source.defaultMode, FILE_MODE_ERROR)] : []),
    ...items.flatMap((item, i) => [
      ...(isWrongMode(item.mode) ? [invalid(`${path}.items[${i}].mode`, item.mode, FILE_MODE_ERROR)] : []),
      ...(item.path ? [] : [required(`${path}.items[${i}].path`)]),
      ...(String(item.path ?? '').startsWith('/') ? [invalid(`${path}.items[${i}].path`, item.path, 'must be a relative path')] : []),
    ]),
  ];
}
