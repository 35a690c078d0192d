// A pod's spec as the API server holds it inside: Go structs without JSON tags, printed as JSON when an error quotes them.
// Models the field order of pkg/apis/core/types.go. Leaves out the fields of volume sources that need a storage driver.
import type { Container, PodSpec, PodTemplateSpec } from './kinds/pod.ts';

const CONTAINER =
  'Name s Image s Command Args WorkingDir s Ports[ContainerPort EnvFrom[EnvFromSource Env[EnvVar Resources=ResourceRequirements ResizePolicy[ContainerResizePolicy RestartPolicy RestartPolicyRules VolumeMounts[VolumeMount VolumeDevices[VolumeDevice LivenessProbe@Probe ReadinessProbe@Probe StartupProbe@Probe Lifecycle@Lifecycle TerminationMessagePath s TerminationMessagePolicy s ImagePullPolicy s SecurityContext@SecurityContext Stdin b StdinOnce b TTY b';

/**
 * `Field` or `Field:jsonName`, then its type: nothing for what is null when missing, `s` text, `i` number, `b` boolean, `q` quantity,
 * `@T` pointer to a struct, `=T` a struct that is always there, `+T` a struct whose fields lie among those around it, `[T` list of structs.
 */
const STRUCTS: Readonly<Record<string, string>> = {
  PodSpec:
    'Volumes[Volume InitContainers[Container Containers[Container EphemeralContainers[EphemeralContainer RestartPolicy s TerminationGracePeriodSeconds ActiveDeadlineSeconds DNSPolicy s NodeSelector ServiceAccountName s AutomountServiceAccountToken NodeName s SecurityContext@PodSecurityContext ImagePullSecrets[LocalObjectReference Hostname s Subdomain s SetHostnameAsFQDN Affinity@Affinity SchedulerName s Tolerations[Toleration HostAliases[HostAlias PriorityClassName s Priority PreemptionPolicy DNSConfig@PodDNSConfig ReadinessGates[PodReadinessGate RuntimeClassName Overhead EnableServiceLinks TopologySpreadConstraints[TopologySpreadConstraint OS@PodOS SchedulingGates[PodSchedulingGate ResourceClaims Resources@ResourceRequirements HostnameOverride SchedulingGroup',
  PodSecurityContext:
    'HostNetwork b HostPID b HostIPC b ShareProcessNamespace HostUsers SELinuxOptions@SELinuxOptions WindowsOptions RunAsUser RunAsGroup RunAsNonRoot SupplementalGroups SupplementalGroupsPolicy FSGroup FSGroupChangePolicy Sysctls[Sysctl SeccompProfile@SeccompProfile AppArmorProfile@SeccompProfile SELinuxChangePolicy',
  Container: CONTAINER,
  EphemeralContainer: `${CONTAINER} TargetContainerName s`,
  ContainerPort: 'Name s HostPort i ContainerPort i Protocol s HostIP s',
  ContainerResizePolicy: 'ResourceName s RestartPolicy s',
  EnvFromSource: 'Prefix s ConfigMapRef@OptionalReference SecretRef@OptionalReference',
  OptionalReference: 'Name s Optional',
  EnvVar: 'Name s Value s ValueFrom@EnvVarSource',
  EnvVarSource:
    'FieldRef@ObjectFieldSelector ResourceFieldRef@ResourceFieldSelector ConfigMapKeyRef@KeySelector SecretKeyRef@KeySelector FileKeyRef',
  ObjectFieldSelector: 'APIVersion s FieldPath s',
  ResourceFieldSelector: 'ContainerName s Resource s Divisor q',
  KeySelector: 'Name s Key s Optional',
  ResourceRequirements: 'Limits Requests Claims[ResourceClaim',
  ResourceClaim: 'Name s Request s',
  VolumeMount: 'Name s ReadOnly b RecursiveReadOnly MountPath s SubPath s MountPropagation SubPathExpr s',
  VolumeDevice: 'Name s DevicePath s',
  Probe:
    'Exec@ExecAction HTTPGet@HTTPGetAction TCPSocket@TCPSocketAction GRPC@GRPCAction InitialDelaySeconds i TimeoutSeconds i PeriodSeconds i SuccessThreshold i FailureThreshold i TerminationGracePeriodSeconds',
  ExecAction: 'Command',
  HTTPGetAction: 'Path s Port i Host s Scheme s HTTPHeaders[HTTPHeader',
  HTTPHeader: 'Name s Value s',
  TCPSocketAction: 'Port i Host s',
  GRPCAction: 'Port i Service',
  Lifecycle: 'PostStart@LifecycleHandler PreStop@LifecycleHandler StopSignal',
  LifecycleHandler: 'Exec@ExecAction HTTPGet@HTTPGetAction TCPSocket@TCPSocketAction Sleep@SleepAction',
  SleepAction: 'Seconds i',
  SecurityContext:
    'Capabilities@Capabilities Privileged SELinuxOptions@SELinuxOptions WindowsOptions RunAsUser RunAsGroup RunAsNonRoot ReadOnlyRootFilesystem AllowPrivilegeEscalation ProcMount SeccompProfile@SeccompProfile AppArmorProfile@SeccompProfile',
  Capabilities: 'Add Drop',
  SELinuxOptions: 'User s Role s Type s Level s',
  SeccompProfile: 'Type s LocalhostProfile',
  Sysctl: 'Name s Value s',
  LocalObjectReference: 'Name s',
  Toleration: 'Key s Operator s Value s Effect s TolerationSeconds',
  HostAlias: 'IP s Hostnames',
  PodDNSConfig: 'Nameservers Searches Options[PodDNSConfigOption',
  PodDNSConfigOption: 'Name s Value',
  PodReadinessGate: 'ConditionType s',
  PodSchedulingGate: 'Name s',
  PodOS: 'Name s',
  TopologySpreadConstraint:
    'MaxSkew i TopologyKey s WhenUnsatisfiable s LabelSelector MinDomains NodeAffinityPolicy NodeTaintsPolicy MatchLabelKeys',
  Affinity: 'NodeAffinity@NodeAffinity PodAffinity@PodAffinity PodAntiAffinity@PodAffinity',
  NodeAffinity:
    'RequiredDuringSchedulingIgnoredDuringExecution@NodeSelector PreferredDuringSchedulingIgnoredDuringExecution[PreferredSchedulingTerm',
  NodeSelector: 'NodeSelectorTerms[NodeSelectorTerm',
  NodeSelectorTerm: 'MatchExpressions[NodeSelectorRequirement MatchFields[NodeSelectorRequirement',
  NodeSelectorRequirement: 'Key s Operator s Values',
  PreferredSchedulingTerm: 'Weight i Preference=NodeSelectorTerm',
  PodAffinity:
    'RequiredDuringSchedulingIgnoredDuringExecution[PodAffinityTerm PreferredDuringSchedulingIgnoredDuringExecution[WeightedPodAffinityTerm',
  PodAffinityTerm: 'LabelSelector Namespaces TopologyKey s NamespaceSelector MatchLabelKeys MismatchLabelKeys',
  WeightedPodAffinityTerm: 'Weight i PodAffinityTerm=PodAffinityTerm',
  Volume:
    'Name s HostPath@HostPath EmptyDir@EmptyDir GCEPersistentDisk AWSElasticBlockStore GitRepo Secret@SecretVolume NFS@NFS ISCSI Glusterfs PersistentVolumeClaim@ClaimVolume RBD Quobyte FlexVolume Cinder CephFS Flocker DownwardAPI@DownwardAPI FC AzureFile ConfigMap@ConfigMapVolume VsphereVolume AzureDisk PhotonPersistentDisk Projected@Projected PortworxVolume ScaleIO StorageOS CSI@CSI Ephemeral Image@ImageVolume',
  HostPath: 'Path s Type',
  EmptyDir: 'Medium s SizeLimit',
  SecretVolume: 'SecretName s Items[KeyToPath DefaultMode Optional',
  ConfigMapVolume: 'Name s Items[KeyToPath DefaultMode Optional',
  KeyToPath: 'Key s Path s Mode',
  NFS: 'Server s Path s ReadOnly b',
  ClaimVolume: 'ClaimName s ReadOnly b',
  DownwardAPI: 'Items[DownwardAPIFile DefaultMode',
  DownwardAPIFile: 'Path s FieldRef@ObjectFieldSelector ResourceFieldRef@ResourceFieldSelector Mode',
  Projected: 'Sources[VolumeProjection DefaultMode',
  VolumeProjection:
    'Secret@KeysProjection DownwardAPI@DownwardAPIProjection ConfigMap@KeysProjection ServiceAccountToken@TokenProjection ClusterTrustBundle PodCertificate',
  KeysProjection: 'Name s Items[KeyToPath Optional',
  DownwardAPIProjection: 'Items[DownwardAPIFile',
  TokenProjection: 'Audience s ExpirationSeconds i Path s',
  CSI: 'Driver s ReadOnly FSType VolumeAttributes NodePublishSecretRef@LocalObjectReference',
  ImageVolume: 'Reference s PullPolicy s',
};

interface GoField {
  readonly name: string;
  readonly jsonName: string;
  readonly mark: string;
  readonly type: string;
}

const structs = new Map<string, readonly GoField[]>();

function structOf(name: string): readonly GoField[] {
  const known = structs.get(name);
  if (known) return known;
  const fields = [...(STRUCTS[name] ?? '').matchAll(/([A-Z]\w*)(?:([@=[])(\w+)| ([sibq])(?= |$))?/g)].map(
    ([, field = '', mark = '', type = '', scalar = '']) => ({ name: field, jsonName: jsonNameOf(field), mark: mark || scalar, type }),
  );
  structs.set(name, fields);
  return fields;
}

/** `DNSPolicy` is `dnsPolicy`, `HTTPGet` is `httpGet`, `HostIP` is `hostIP`, `SELinuxOptions` is `seLinuxOptions`. */
function jsonNameOf(field: string): string {
  if (field.startsWith('SELinux')) return `seLinux${field.slice(7)}`;
  const initials = /^[A-Z]+(?=[A-Z][a-z]|$)/.exec(field)?.[0] ?? field.charAt(0);
  return initials.toLowerCase() + field.slice(initials.length);
}

const ZEROS: Readonly<Record<string, unknown>> = { s: '', i: 0, b: false, q: '0' };

function goStruct(given: unknown, name: string): Record<string, unknown> {
  const source = (given ?? {}) as Readonly<Record<string, unknown>>;
  const result: Record<string, unknown> = {};
  for (const { name: field, jsonName, mark, type } of structOf(name)) {
    const value = source[jsonName];
    if (mark === '=') result[field] = goStruct(value, type);
    else if (value === undefined) result[field] = ZEROS[mark] ?? null;
    else if (mark === '@') result[field] = goStruct(value, type);
    else result[field] = mark === '[' ? (value as unknown[]).map((item) => goStruct(item, type)) : value;
  }
  return result;
}

/** The spec as the server's inner type: fields about the host's namespaces lie in the security context. */
export function goPodSpec(spec: PodSpec): Record<string, unknown> {
  const given = spec as unknown as Readonly<Record<string, unknown>>;
  const { hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers } = given;
  const securityContext = { ...spec.securityContext, hostNetwork, hostPID, hostIPC, shareProcessNamespace, hostUsers };
  return goStruct({ ...given, securityContext }, 'PodSpec');
}

export function goEphemeralContainer(container: Container): Record<string, unknown> {
  return goStruct(container, 'EphemeralContainer');
}

/** A template as the server's inner type, for errors that quote it. */
export function goPodTemplate({ metadata = {}, spec }: PodTemplateSpec): Record<string, unknown> {
  const { name, generateName, labels, annotations, ...rest } = metadata;
  return { name, generateName, labels, annotations, ...rest, Spec: goPodSpec(spec) };
}

/** JSON with one blank of indent and Go's escapes. */
export function goIndented(value: unknown): string {
  return JSON.stringify(value, null, 1).replace(/[<>&]/g, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`);
}
