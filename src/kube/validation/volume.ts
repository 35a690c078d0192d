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
  hostPath: ({ path: place, type = '' }, path) => {
    if (!place) return [required(`${path}.path`)];
    const climbs = String(place).split('/').includes('..');
    return [
      ...(climbs ? [invalid(`${path}.path`, place, "must not contain '..'")] : []),
      ...(HOST_PATH_TYPES.includes(String(type)) ? [] : [notSupported(`${path}.type`, type, HOST_PATH_TYPES)]),
    ];
  },
  secret: (source, path) => [...requireField('secretName')(source, path), ...validateFiles(source, path)],
  configMap: (source, path) => [...requireField('name')(source, path), ...validateFiles(source, path)],
  downwardAPI: (source, path) => [...validateMode(source, path), ...validateDownwardItems(source, path)],
  projected: (source, path) => [...validateMode(source, path), ...validateProjections(source, path)],
  persistentVolumeClaim: requireField('claimName'),
  nfs: (source, path) => [...requireField('server')(source, path), ...requireField('path')(source, path)],
  csi: requireField('driver'),
};

// Where a volume has several sources, the later ones of this order are the ones too many; those not named here come last.
const ORDER = [
  'emptyDir',
  'hostPath',
  'secret',
  'nfs',
  'persistentVolumeClaim',
  'downwardAPI',
  'configMap',
  'projected',
  'csi',
  'ephemeral',
  'image',
];
const rank = (source: string) => (ORDER.includes(source) ? ORDER.indexOf(source) : ORDER.length);

function validateSource(volume: Volume, path: string): FieldError[] {
  const given = Object.keys(volume)
    .filter((key) => key !== 'name' && volume[key] !== undefined)
    .sort((a, b) => rank(a) - rank(b));
  const [first, ...others] = given;
  if (first === undefined) return [required(path, 'must specify a volume type')];
  return [
    ...(sources[first]?.(volume[first] as Source, `${path}.${first}`) ?? []),
    ...others.map((other) => forbidden(`${path}.${other}`, 'may not specify more than 1 volume type')),
  ];
}

const isWrongMode = (mode: unknown) => typeof mode === 'number' && (mode < 0 || mode > 0o777);
const listOf = (value: unknown): readonly Source[] => (Array.isArray(value) ? (value as Source[]) : []);

function validateMode(source: Source, path: string): FieldError[] {
  return isWrongMode(source.defaultMode) ? [invalid(`${path}.defaultMode`, source.defaultMode, FILE_MODE_ERROR)] : [];
}

function validateFiles(source: Source, path: string): FieldError[] {
  return [...validateMode(source, path), ...listOf(source.items).flatMap((item, i) => validateKeyToPath(item, `${path}.items[${i}]`))];
}

function validateKeyToPath(item: Source, path: string): FieldError[] {
  return [
    ...(item.key ? [] : [required(`${path}.key`)]),
    ...validateFilePath(item.path, `${path}.path`),
    ...(isWrongMode(item.mode) ? [invalid(`${path}.mode`, item.mode, FILE_MODE_ERROR)] : []),
  ];
}

/** A path inside the volume, that does not climb out of it. */
export function validateFilePath(given: unknown, field: string): FieldError[] {
  const path = String(given ?? '');
  if (path === '') return [required(field)];
  const errors = path.startsWith('/') ? [invalid(field, path, 'must be a relative path')] : [];
  if (path.split('/').includes('..')) errors.push(invalid(field, path, "must not contain '..'"));
  if (path.startsWith('..') && !path.startsWith('../')) errors.push(invalid(field, path, "must not start with '..'"));
  return errors;
}

// What a pod may put into files about itself ------------------------------------------------------------------------------

const FILE_FIELDS = ['metadata.annotations', 'metadata.labels', 'metadata.name', 'metadata.namespace', 'metadata.uid'];

/** The path of an error does not say which of the items it is about, as upstream. */
function validateDownwardItems(source: Source, path: string): FieldError[] {
  return listOf(source.items).flatMap((item) => {
    const errors = validateFilePath(item.path, `${path}.path`);
    const { fieldRef, resourceFieldRef } = item as { fieldRef?: { fieldPath?: string }; resourceFieldRef?: Source };
    if (fieldRef && resourceFieldRef)
      errors.push(invalid(path, 'resource', 'fieldRef and resourceFieldRef can not be specified simultaneously'));
    if (!fieldRef && !resourceFieldRef) errors.push(required(path, 'one of fieldRef and resourceFieldRef is required'));
    if (fieldRef) errors.push(...validateFileField(fieldRef.fieldPath, `${path}.fieldRef.fieldPath`));
    else if (resourceFieldRef) {
      if (!resourceFieldRef.containerName) errors.push(required(`${path}.resourceFieldRef.containerName`));
      if (!resourceFieldRef.resource) errors.push(required(`${path}.resourceFieldRef.resource`));
    }
    return errors;
  });
}

function validateFileField(fieldPath: string | undefined, field: string): FieldError[] {
  if (!fieldPath) return [required(field)];
  if (/^metadata\.(labels|annotations)\['[^']*'\]$/.test(fieldPath) || FILE_FIELDS.includes(fieldPath)) return [];
  return [notSupported(field, fieldPath, FILE_FIELDS)];
}

const TOKEN_SECONDS_MIN = 600;
const TOKEN_SECONDS_MAX = 2 ** 32;

function validateProjections(source: Source, path: string): FieldError[] {
  return listOf(source.sources).flatMap((each, i) => {
    const field = `${path}.sources[${i}]`;
    const { secret, configMap, downwardAPI, serviceAccountToken } = each as Readonly<Record<string, Source | undefined>>;
    const errors: FieldError[] = [];
    for (const [name, files] of [['secret', secret] as const, ['configMap', configMap] as const]) {
      if (!files) continue;
      if (!files.name) errors.push(required(`${field}.${name}.name`));
      errors.push(...listOf(files.items).flatMap((item, j) => validateKeyToPath(item, `${field}.${name}.items[${j}]`)));
    }
    if (downwardAPI) errors.push(...validateDownwardItems(downwardAPI, `${field}.downwardAPI`));
    if (serviceAccountToken) errors.push(...validateToken(serviceAccountToken, `${field}.serviceAccountToken`));
    return errors;
  });
}

function validateToken({ path: file, expirationSeconds: given }: Source, path: string): FieldError[] {
  const seconds = typeof given === 'number' ? given : TOKEN_SECONDS_MIN;
  const field = `${path}.expirationSeconds`;
  return [
    ...(seconds < TOKEN_SECONDS_MIN ? [invalid(field, seconds, 'may not specify a duration less than 10 minutes')] : []),
    ...(seconds > TOKEN_SECONDS_MAX ? [invalid(field, seconds, 'may not specify a duration larger than 2^32 seconds')] : []),
    ...validateFilePath(file, `${path}.path`),
  ];
}
