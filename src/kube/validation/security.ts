// The rules for the security contexts of pods and containers.
// Models pkg/apis/core/validation/validation.go (validatePodSpecSecurityContext, ValidateSecurityContext).
// Leaves out Windows, SELinux and AppArmor options. Whether a container may be privileged is the server's policy: here it may.
import type { FieldError } from '../errors.ts';
import { duplicate, invalid, notSupported, required } from '../fieldErrors.ts';
import type { Container, PodSpec } from '../kinds/pod.ts';

const ID_MAX = 2 ** 31 - 1;
const SYSCTL_MAX = 253;
const SYSCTL = /^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$/;
const SYSCTL_ERROR = `must have at most ${SYSCTL_MAX} characters and match regex ^([a-z0-9]([-_a-z0-9]*[a-z0-9])?[\\./])*[a-z0-9]([-_a-z0-9]*[a-z0-9])?$`;
const SECCOMP_TYPES = ['Localhost', 'RuntimeDefault', 'Unconfined'];
const FS_GROUP_POLICIES = ['Always', 'OnRootMismatch'];
const GROUPS_POLICIES = ['Merge', 'Strict'];
const PROC_MOUNTS = ['Default', 'Unmasked'];

interface SeccompProfile {
  readonly type?: string;
  readonly localhostProfile?: string;
}

interface PodSecurityContext {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly fsGroup?: number;
  readonly supplementalGroups?: readonly number[];
  readonly supplementalGroupsPolicy?: string;
  readonly fsGroupChangePolicy?: string;
  readonly sysctls?: readonly { readonly name?: string }[];
  readonly seccompProfile?: SeccompProfile;
}

interface SecurityContext {
  readonly runAsUser?: number;
  readonly runAsGroup?: number;
  readonly privileged?: boolean;
  readonly allowPrivilegeEscalation?: boolean;
  readonly procMount?: string;
  readonly capabilities?: { readonly add?: readonly string[] };
  readonly seccompProfile?: SeccompProfile;
}

export function validatePodSecurity(spec: PodSpec, field: string): FieldError[] {
  const { hostPID, shareProcessNamespace } = spec as { readonly hostPID?: boolean; readonly shareProcessNamespace?: boolean };
  const context = (spec.securityContext ?? {}) as PodSecurityContext;
  const errors: FieldError[] = [
    ...validateId(context.fsGroup, `${field}.fsGroup`),
    ...validateId(context.runAsUser, `${field}.runAsUser`),
    ...validateId(context.runAsGroup, `${field}.runAsGroup`),
    ...(context.supplementalGroups ?? []).flatMap((group, i) => validateId(group, `${field}.supplementalGroups[${i}]`)),
  ];
  if (hostPID && shareProcessNamespace)
    errors.push(invalid(`${field}.shareProcessNamespace`, true, 'ShareProcessNamespace and HostPID cannot both be enabled'));
  errors.push(...validateSysctls(context.sysctls ?? [], `${field}.sysctls`));
  errors.push(...validateChoice(context.fsGroupChangePolicy, FS_GROUP_POLICIES, `${field}.fsGroupChangePolicy`));
  errors.push(...validateChoice(context.supplementalGroupsPolicy, GROUPS_POLICIES, `${field}.supplementalGroupsPolicy`));
  return [...errors, ...validateSeccomp(context.seccompProfile, `${field}.seccompProfile`)];
}

export function validateContainerSecurity({ securityContext }: Container, field: string): FieldError[] {
  if (!securityContext) return [];
  const context = securityContext as SecurityContext;
  const errors: FieldError[] = [
    ...validateId(context.runAsUser, `${field}.runAsUser`),
    ...validateId(context.runAsGroup, `${field}.runAsGroup`),
    ...validateChoice(context.procMount, PROC_MOUNTS, `${field}.procMount`),
    ...validateSeccomp(context.seccompProfile, `${field}.seccompProfile`),
  ];
  if (context.allowPrivilegeEscalation !== false) return errors;
  const start = 'cannot set `allowPrivilegeEscalation` to false and';
  if (context.privileged) errors.push(invalid(field, asGo(securityContext), `${start} \`privileged\` to true`));
  if (context.capabilities?.add?.some((name) => name === 'SYS_ADMIN' || name === 'CAP_SYS_ADMIN'))
    errors.push(invalid(field, asGo(securityContext), `${start} \`capabilities.Add\` CAP_SYS_ADMIN`));
  return errors;
}

const GO_FIELDS = [
  'capabilities',
  'privileged',
  'seLinuxOptions',
  'windowsOptions',
  'runAsUser',
  'runAsGroup',
  'runAsNonRoot',
  'readOnlyRootFilesystem',
  'allowPrivilegeEscalation',
  'procMount',
  'seccompProfile',
  'appArmorProfile',
];
const GO_NAMES: Readonly<Record<string, string>> = { seLinuxOptions: 'SELinuxOptions' };

/** The context with the names and the order of the server's own struct, as an error shows it. */
function asGo(context: Readonly<Record<string, unknown>>): unknown {
  const nameOf = (name: string): string => GO_NAMES[name] ?? `${name.charAt(0).toUpperCase()}${name.slice(1)}`;
  return Object.fromEntries(GO_FIELDS.map((name) => [nameOf(name), context[name] ?? null]));
}

function validateId(id: number | undefined, field: string): FieldError[] {
  return id !== undefined && (id < 0 || id > ID_MAX) ? [invalid(field, id, `must be between 0 and ${ID_MAX}, inclusive`)] : [];
}

function validateChoice(given: string | undefined, choices: readonly string[], field: string): FieldError[] {
  return given === undefined || choices.includes(given) ? [] : [notSupported(field, given, choices)];
}

function validateSysctls(sysctls: NonNullable<PodSecurityContext['sysctls']>, field: string): FieldError[] {
  const names = new Set<string>();
  return sysctls.flatMap(({ name = '' }, i) => {
    const path = `${field}[${i}].name`;
    if (name === '') return [required(path)];
    if (name.length > SYSCTL_MAX || !SYSCTL.test(name)) return [invalid(path, name, SYSCTL_ERROR)];
    if (names.has(name)) return [duplicate(path, name)];
    names.add(name);
    return [];
  });
}

function validateSeccomp(profile: SeccompProfile | undefined, field: string): FieldError[] {
  if (!profile) return [];
  const { type = '', localhostProfile } = profile;
  if (type === '') return [required(`${field}.type`, 'type is required when seccompProfile is set')];
  if (!SECCOMP_TYPES.includes(type)) return [notSupported(`${field}.type`, type, SECCOMP_TYPES)];
  if (type === 'Localhost' && localhostProfile === undefined)
    return [required(`${field}.localhostProfile`, 'must be set when seccomp type is Localhost')];
  if (type !== 'Localhost' && localhostProfile !== undefined) {
    const shown = { Type: type, LocalhostProfile: localhostProfile };
    return [invalid(`${field}.localhostProfile`, shown, 'can only be set when seccomp type is Localhost')];
  }
  return [];
}
