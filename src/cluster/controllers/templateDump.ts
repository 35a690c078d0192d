// A pod template as Go's spew prints it, which is what Kubernetes hashes: every field with its type, empty ones too, in Go's order.
// Models apimachinery/pkg/util/dump/dump.go ForHash over the structs of k8s.io/api/core/v1/types.go (1.36).
// Leaves out: volume sources that are seldom used and quantities beyond 64 bits; what is not known by its struct is appended as JSON,
// so that two templates that differ never look the same.
import { parseQuantity } from '../../kube/quantity.ts';

/**
 * Fields as `GoName type`, joined by commas; `=name` where the JSON name is not GoName with a small beginning, `=` for an embedded struct.
 * Types are Go's, `v1.` left out. A type that is no struct here and no basic type is a kind of string.
 */
const KEY_TO_PATH = 'Key string,Path string,Mode *int32';
const HANDLER = 'Exec *ExecAction,HTTPGet *HTTPGetAction,TCPSocket *TCPSocketAction';
const AFFINITY_TERMS =
  'RequiredDuringSchedulingIgnoredDuringExecution []PodAffinityTerm,PreferredDuringSchedulingIgnoredDuringExecution []WeightedPodAffinityTerm';
const SECURITY =
  'SELinuxOptions *SELinuxOptions,WindowsOptions *WindowsSecurityContextOptions,RunAsUser *int64,RunAsGroup *int64,RunAsNonRoot *bool';
const CONTAINER =
  'Name string,Image string,Command []string,Args []string,WorkingDir string,Ports []ContainerPort,EnvFrom []EnvFromSource,Env []EnvVar,' +
  'Resources ResourceRequirements,ResizePolicy []ContainerResizePolicy,RestartPolicy *ContainerRestartPolicy,' +
  'RestartPolicyRules []ContainerRestartRule,VolumeMounts []VolumeMount,VolumeDevices []VolumeDevice,LivenessProbe *Probe,' +
  'ReadinessProbe *Probe,StartupProbe *Probe,Lifecycle *Lifecycle,TerminationMessagePath string,' +
  'TerminationMessagePolicy TerminationMessagePolicy,ImagePullPolicy PullPolicy,SecurityContext *SecurityContext,Stdin bool,StdinOnce bool,TTY bool';
const STRUCTS: Readonly<Record<string, string>> = {
  PodTemplateSpec: 'ObjectMeta ObjectMeta=metadata,Spec PodSpec',
  ObjectMeta:
    'Name string,GenerateName string,Namespace string,SelfLink string,UID types.UID,ResourceVersion string,Generation int64,' +
    'CreationTimestamp Time,DeletionTimestamp *Time,DeletionGracePeriodSeconds *int64,Labels map[string]string,' +
    'Annotations map[string]string,OwnerReferences []OwnerReference,Finalizers []string,ManagedFields []ManagedFieldsEntry',
  PodSpec:
    'Volumes []Volume,InitContainers []Container,Containers []Container,EphemeralContainers []EphemeralContainer,' +
    'RestartPolicy RestartPolicy,TerminationGracePeriodSeconds *int64,ActiveDeadlineSeconds *int64,DNSPolicy DNSPolicy,' +
    'NodeSelector map[string]string,ServiceAccountName string,DeprecatedServiceAccount string=serviceAccount,' +
    'AutomountServiceAccountToken *bool,NodeName string,HostNetwork bool,HostPID bool,HostIPC bool,ShareProcessNamespace *bool,' +
    'SecurityContext *PodSecurityContext,ImagePullSecrets []LocalObjectReference,Hostname string,Subdomain string,Affinity *Affinity,' +
    'SchedulerName string,Tolerations []Toleration,HostAliases []HostAlias,PriorityClassName string,Priority *int32,' +
    'DNSConfig *PodDNSConfig,ReadinessGates []PodReadinessGate,RuntimeClassName *string,EnableServiceLinks *bool,' +
    'PreemptionPolicy *PreemptionPolicy,Overhead ResourceList,TopologySpreadConstraints []TopologySpreadConstraint,' +
    'SetHostnameAsFQDN *bool,OS *PodOS,HostUsers *bool,SchedulingGates []PodSchedulingGate,ResourceClaims []PodResourceClaim,' +
    'Resources *ResourceRequirements,HostnameOverride *string,SchedulingGroup *PodSchedulingGroup',
  Container: CONTAINER,
  ContainerPort: 'Name string,HostPort int32,ContainerPort int32,Protocol Protocol,HostIP string',
  ContainerResizePolicy: 'ResourceName ResourceName,RestartPolicy ResourceResizeRestartPolicy',
  EnvFromSource: 'Prefix string,ConfigMapRef *ConfigMapEnvSource,SecretRef *SecretEnvSource',
  ConfigMapEnvSource: 'LocalObjectReference LocalObjectReference=,Optional *bool',
  SecretEnvSource: 'LocalObjectReference LocalObjectReference=,Optional *bool',
  LocalObjectReference: 'Name string',
  EnvVar: 'Name string,Value string,ValueFrom *EnvVarSource',
  EnvVarSource:
    'FieldRef *ObjectFieldSelector,ResourceFieldRef *ResourceFieldSelector,ConfigMapKeyRef *ConfigMapKeySelector,' +
    'SecretKeyRef *SecretKeySelector,FileKeyRef *FileKeySelector',
  ObjectFieldSelector: 'APIVersion string,FieldPath string',
  ResourceFieldSelector: 'ContainerName string,Resource string,Divisor resource.Quantity',
  ConfigMapKeySelector: 'LocalObjectReference LocalObjectReference=,Key string,Optional *bool',
  SecretKeySelector: 'LocalObjectReference LocalObjectReference=,Key string,Optional *bool',
  ResourceRequirements: 'Limits ResourceList,Requests ResourceList,Claims []ResourceClaim',
  ResourceClaim: 'Name string,Request string',
  VolumeMount:
    'Name string,ReadOnly bool,RecursiveReadOnly *RecursiveReadOnlyMode,MountPath string,SubPath string,' +
    'MountPropagation *MountPropagationMode,SubPathExpr string',
  VolumeDevice: 'Name string,DevicePath string',
  Probe:
    'ProbeHandler ProbeHandler=,InitialDelaySeconds int32,TimeoutSeconds int32,PeriodSeconds int32,SuccessThreshold int32,' +
    'FailureThreshold int32,TerminationGracePeriodSeconds *int64',
  ProbeHandler: `${HANDLER},GRPC *GRPCAction`,
  Lifecycle: 'PostStart *LifecycleHandler,PreStop *LifecycleHandler,StopSignal *Signal',
  LifecycleHandler: `${HANDLER},Sleep *SleepAction`,
  ExecAction: 'Command []string',
  HTTPGetAction: 'Path string,Port intstr.IntOrString,Host string,Scheme URIScheme,HTTPHeaders []HTTPHeader',
  HTTPHeader: 'Name string,Value string',
  TCPSocketAction: 'Port intstr.IntOrString,Host string',
  GRPCAction: 'Port int32,Service *string',
  SleepAction: 'Seconds int64',
  SecurityContext:
    `Capabilities *Capabilities,Privileged *bool,${SECURITY},ReadOnlyRootFilesystem *bool,AllowPrivilegeEscalation *bool,` +
    'ProcMount *ProcMountType,SeccompProfile *SeccompProfile,AppArmorProfile *AppArmorProfile',
  Capabilities: 'Add []Capability,Drop []Capability',
  PodSecurityContext:
    `${SECURITY},SupplementalGroups []int64,SupplementalGroupsPolicy *SupplementalGroupsPolicy,FSGroup *int64,Sysctls []Sysctl,` +
    'FSGroupChangePolicy *PodFSGroupChangePolicy,SeccompProfile *SeccompProfile,AppArmorProfile *AppArmorProfile,' +
    'SELinuxChangePolicy *PodSELinuxChangePolicy=seLinuxChangePolicy',
  SeccompProfile: 'Type SeccompProfileType,LocalhostProfile *string',
  AppArmorProfile: 'Type AppArmorProfileType,LocalhostProfile *string',
  Sysctl: 'Name string,Value string',
  Volume: 'Name string,VolumeSource VolumeSource=',
  VolumeSource:
    'HostPath *HostPathVolumeSource,EmptyDir *EmptyDirVolumeSource,GCEPersistentDisk *GCEPersistentDiskVolumeSource,' +
    'AWSElasticBlockStore *AWSElasticBlockStoreVolumeSource,GitRepo *GitRepoVolumeSource,Secret *SecretVolumeSource,' +
    'NFS *NFSVolumeSource,ISCSI *ISCSIVolumeSource,Glusterfs *GlusterfsVolumeSource,' +
    'PersistentVolumeClaim *PersistentVolumeClaimVolumeSource,RBD *RBDVolumeSource,FlexVolume *FlexVolumeSource,' +
    'Cinder *CinderVolumeSource,CephFS *CephFSVolumeSource=cephfs,Flocker *FlockerVolumeSource,DownwardAPI *DownwardAPIVolumeSource,' +
    'FC *FCVolumeSource,AzureFile *AzureFileVolumeSource,ConfigMap *ConfigMapVolumeSource,' +
    'VsphereVolume *VsphereVirtualDiskVolumeSource,Quobyte *QuobyteVolumeSource,AzureDisk *AzureDiskVolumeSource,' +
    'PhotonPersistentDisk *PhotonPersistentDiskVolumeSource,Projected *ProjectedVolumeSource,PortworxVolume *PortworxVolumeSource,' +
    'ScaleIO *ScaleIOVolumeSource,StorageOS *StorageOSVolumeSource=storageos,CSI *CSIVolumeSource,Ephemeral *EphemeralVolumeSource,' +
    'Image *ImageVolumeSource',
  HostPathVolumeSource: 'Path string,Type *HostPathType',
  EmptyDirVolumeSource: 'Medium StorageMedium,SizeLimit *resource.Quantity',
  SecretVolumeSource: 'SecretName string,Items []KeyToPath,DefaultMode *int32,Optional *bool',
  ConfigMapVolumeSource: 'LocalObjectReference LocalObjectReference=,Items []KeyToPath,DefaultMode *int32,Optional *bool',
  NFSVolumeSource: 'Server string,Path string,ReadOnly bool',
  PersistentVolumeClaimVolumeSource: 'ClaimName string,ReadOnly bool',
  KeyToPath: KEY_TO_PATH,
  PodOS: 'Name OSName',
  PodReadinessGate: 'ConditionType PodConditionType',
  PodSchedulingGate: 'Name string',
  HostAlias: 'IP string,Hostnames []string',
  Affinity: 'NodeAffinity *NodeAffinity,PodAffinity *PodAffinity,PodAntiAffinity *PodAntiAffinity',
  NodeAffinity:
    'RequiredDuringSchedulingIgnoredDuringExecution *NodeSelector,PreferredDuringSchedulingIgnoredDuringExecution []PreferredSchedulingTerm',
  NodeSelector: 'NodeSelectorTerms []NodeSelectorTerm',
  NodeSelectorTerm: 'MatchExpressions []NodeSelectorRequirement,MatchFields []NodeSelectorRequirement',
  NodeSelectorRequirement: 'Key string,Operator NodeSelectorOperator,Values []string',
  PreferredSchedulingTerm: 'Weight int32,Preference NodeSelectorTerm',
  PodAffinity: AFFINITY_TERMS,
  PodAntiAffinity: AFFINITY_TERMS,
  WeightedPodAffinityTerm: 'Weight int32,PodAffinityTerm PodAffinityTerm',
  PodAffinityTerm:
    'LabelSelector *LabelSelector,Namespaces []string,TopologyKey string,NamespaceSelector *LabelSelector,MatchLabelKeys []string,' +
    'MismatchLabelKeys []string',
  LabelSelector: 'MatchLabels map[string]string,MatchExpressions []LabelSelectorRequirement',
  LabelSelectorRequirement: 'Key string,Operator LabelSelectorOperator,Values []string',
  Toleration: 'Key string,Operator TolerationOperator,Value string,Effect TaintEffect,TolerationSeconds *int64',
  TopologySpreadConstraint:
    'MaxSkew int32,TopologyKey string,WhenUnsatisfiable UnsatisfiableConstraintAction,LabelSelector *LabelSelector,MinDomains *int32,' +
    'NodeAffinityPolicy *NodeInclusionPolicy,NodeTaintsPolicy *NodeInclusionPolicy,MatchLabelKeys []string',
};

interface Field {
  readonly goName: string;
  readonly type: string;
  /** Empty for an embedded struct, whose fields stand beside the others in JSON. */
  readonly jsonName: string;
}

const parsed = new Map<string, readonly Field[]>();

function fieldsOf(struct: string): readonly Field[] {
  let fields = parsed.get(struct);
  if (!fields) {
    fields = (STRUCTS[struct] as string).split(',').map((text) => {
      const [goName = '', typed = ''] = text.split(' ');
      const [type = '', jsonName = jsonNameOf(goName)] = typed.split('=');
      return { goName, type, jsonName };
    });
    parsed.set(struct, fields);
  }
  return fields;
}

/** `HostIP` is `hostIP`, `DNSPolicy` is `dnsPolicy`, `SELinuxOptions` is `seLinuxOptions`, `TTY` is `tty`. */
function jsonNameOf(goName: string): string {
  if (goName.startsWith('SELinux')) return `seLinux${goName.slice(7)}`;
  const capitals = /^[A-Z]+(?=[A-Z][a-z]|$)/.exec(goName)?.[0] ?? goName.slice(0, 1);
  return capitals.toLowerCase() + goName.slice(capitals.length);
}

const BASIC: Readonly<Record<string, unknown>> = { string: '', 'types.UID': '', int64: 0, int32: 0, bool: false };

/** The text that Kubernetes hashes for a pod template. */
export function templateDump(template: unknown): string {
  const strangers: string[] = [];
  return dump('PodTemplateSpec', template, true, strangers) + strangers.join('');
}

/** `isTyped`: the type stands before the value, as everywhere but for the items of lists and what pointers point to. */
function dump(type: string, value: unknown, isTyped: boolean, strangers: string[]): string {
  const prefix = isTyped ? `(${qualified(type)})` : '';
  if (type.startsWith('*')) {
    if (value === undefined || value === null) return `${prefix}<nil>`;
    return (isTyped ? prefix : '<*>') + dump(type.slice(1), value, false, strangers);
  }
  if (type.startsWith('[]')) {
    const items = (value ?? []) as readonly unknown[];
    return prefix + (items.length === 0 ? '<nil>' : `[${items.map((item) => dump(type.slice(2), item, false, strangers)).join(' ')}]`);
  }
  if (type.startsWith('map[') || type === 'ResourceList') {
    const map = (value ?? {}) as Readonly<Record<string, unknown>>;
    const itemType = type === 'ResourceList' ? 'resource.Quantity' : 'string';
    const keys = Object.keys(map).toSorted();
    return (
      prefix + (keys.length === 0 ? '<nil>' : `map[${keys.map((key) => `${key}:${dump(itemType, map[key], false, strangers)}`).join(' ')}]`)
    );
  }
  if (type === 'Time') return `${prefix}{Time:(time.Time){wall:(uint64)0 ext:(int64)0 loc:(*time.Location)<nil>}}`;
  if (type === 'resource.Quantity') return prefix + quantityDump((value ?? '0') as string | number);
  if (type === 'intstr.IntOrString') return prefix + intOrStringDump(value as string | number);
  if (type in STRUCTS) return prefix + structDump(type, (value ?? {}) as Readonly<Record<string, unknown>>, strangers);
  if (typeof value === 'object' && value !== null) strangers.push(JSON.stringify(value));
  return prefix + String(value ?? BASIC[type] ?? '');
}

function structDump(struct: string, value: Readonly<Record<string, unknown>>, strangers: string[]): string {
  const fields = fieldsOf(struct);
  const isKnown = (key: string) => fields.some(({ jsonName, type }) => jsonName === key || (jsonName === '' && isFieldOf(type, key)));
  // What an embedded struct does not know, its surroundings do.
  const isEmbedded = EMBEDDED.has(struct);
  for (const key of Object.keys(value)) if (!isEmbedded && !isKnown(key)) strangers.push(`${struct}.${key}=${JSON.stringify(value[key])}`);
  const texts = fields.map(
    ({ goName, type, jsonName }) => `${goName}:${dump(type, jsonName === '' ? value : value[jsonName], true, strangers)}`,
  );
  return `{${texts.join(' ')}}`;
}

const EMBEDDED = new Set(['LocalObjectReference', 'ProbeHandler', 'VolumeSource']);

function isFieldOf(struct: string, key: string): boolean {
  return fieldsOf(struct).some(({ jsonName }) => jsonName === key);
}

/** As `reflect` prints it: `[]v1.Container`, `*int64`. */
function qualified(type: string): string {
  const [, marks = '', name = ''] = /^((?:\*|\[\])*)(.*)$/.exec(type) ?? [];
  return name in BASIC || name.includes('.') || name.startsWith('map[') ? type : `${marks}v1.${name}`;
}

/** A quantity remembers the text it was read from, unless that was binary. */
function quantityDump(quantity: string | number): string {
  const text = String(quantity);
  const { nano, format } = parseQuantity(text);
  const isBinary = format === 'BinarySI';
  const [, digits = '0', suffix = ''] = /^([+-]?\d+)([a-zA-Z]*)$/.exec(text) ?? [];
  const scale = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 }[suffix] ?? 0;
  const value = isBinary ? String(nano / 1_000_000_000n) : digits;
  const amount = `{value:(int64)${value} scale:(resource.Scale)${isBinary ? 0 : scale}}`;
  const remembered = isBinary ? '' : text;
  return `{i:(resource.int64Amount)${amount} d:(resource.infDecAmount){Dec:(*inf.Dec)<nil>} s:(string)${remembered} Format:(resource.Format)${format}}`;
}

function intOrStringDump(value: string | number | undefined): string {
  const isText = typeof value === 'string';
  return `{Type:(intstr.Type)${isText ? 1 : 0} IntVal:(int32)${isText ? 0 : (value ?? 0)} StrVal:(string)${isText ? value : ''}}`;
}
