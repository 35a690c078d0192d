// The words inside a pod, in Korean. No particle follows a placeholder.
import type { InsideMessages } from '../language.ts';
import { clockText, sizeText } from '../numbers.ts';

const seconds = (ms: number) => `${Math.max(0, Math.ceil(ms / 1000))}초`;
const short = (ms: number) => (ms < 60_000 ? seconds(ms) : clockText(ms));

const ENDINGS = { hook: 'preStop 훅 실행 중', turn: '다른 컨테이너 다음에 종료', term: 'SIGTERM 전달됨' } as const;

const exit: InsideMessages['exit'] = (exitCode, reason) =>
  reason && reason !== 'Error' && reason !== 'Completed' ? `${reason}, 종료 코드 ${exitCode}` : `종료 코드 ${exitCode}`;

const state: InsideMessages['state'] = ({ stage, sinceMs, untilMs, ending, exitCode, reason, lastedMs }, restarts, atMs) => {
  const since = sinceMs === undefined ? '' : clockText(atMs - sinceMs);
  const how = exit(exitCode ?? 0, reason);
  switch (stage) {
    case 'waiting':
      return reason === 'PodInitializing' ? '초기화 대기 중' : reason === 'ContainerCreating' ? '생성 중' : '시작 전';
    case 'refused':
      return reason ?? '시작할 수 없음';
    case 'starting':
      return `시작하는 중 ${since}, 재시작 ${restarts}회`;
    case 'notReady':
      return `준비 안 됨 ${since}, 재시작 ${restarts}회`;
    case 'running':
      return `실행 중 ${since}, 재시작 ${restarts}회`;
    case 'stopping':
      return ending === 'over'
        ? '종료됨, 나머지를 기다림'
        : `${ending ? ENDINGS[ending] : '중지하는 중'}, ${seconds((untilMs ?? atMs) - atMs)} 남음`;
    case 'backOff':
      return untilMs !== undefined && untilMs > atMs ? `${how}, ${short(untilMs - atMs)} 후 재시도` : `${how}, 다시 시작`;
    case 'done':
      return lastedMs === undefined ? '완료' : `${short(lastedMs)} 만에 완료, 제거됨`;
    case 'failed':
      return `실패, ${how}`;
    case 'lost':
      return '알 수 없음';
    default:
      return stage;
  }
};

const volumeType: InsideMessages['volumeType'] = ({ type, source }, isLong) => {
  switch (type) {
    case 'emptyDir':
      return isLong ? 'emptyDir, 파드와 수명이 같음' : source === 'Memory' ? '메모리 emptyDir' : 'emptyDir 볼륨';
    case 'hostPath':
      return isLong ? `hostPath ${source}, 노드와 수명이 같음` : `hostPath ${source}`;
    case 'claim':
      return isLong ? `클레임 ${source}, 파드보다 오래 남음` : `클레임 ${source}`;
    case 'configMap':
      return isLong ? `컨피그맵: ${source}` : `컨피그맵 ${source}`;
    case 'secret':
      return isLong ? `시크릿: ${source}, 메모리에 보관` : `시크릿 ${source}`;
    case 'projected':
      return '프로젝티드, 여러 소스';
    case 'downward':
      return '다운워드 API, 파드의 정보';
    case 'image':
      return `이미지 ${source}`;
    default:
      return source || '볼륨';
  }
};

const PROBES = { startup: '스타트업', liveness: '활성', readiness: '준비성' } as const;
const RESULTS = { passes: '통과', fails: '실패', waits: '대기', unknown: '알 수 없음' } as const;
const ROLES = { init: '초기화 컨테이너', main: '메인 컨테이너', sidecar: '사이드카', ephemeral: '임시 컨테이너' } as const;

const EVENTS: Readonly<Record<Parameters<InsideMessages['event']>[0], (name: string, detail: string) => string>> = {
  started: (name) => `${name}: 시작.`,
  ended: (name, detail) => `${name}: 종료, ${detail}.`,
  restarted: (name, detail) => `${name}: 다시 시작${detail ? `, ${detail}` : ''}.`,
  wrote: (name, detail) => `${name}: 기록됨, 볼륨 ${detail}.`,
  removed: (name, detail) => `${name}: 삭제됨, 볼륨 ${detail}.`,
  answered: (name, detail) => `${name}: 요청에 응답, ${detail}.`,
  refused: (name, detail) => `${name}: 요청 실패, ${detail}.`,
  asked: (name, detail) => `${name}: 요청 보냄, ${detail}.`,
  ready: (name) => `${name}: 준비됨.`,
  notReady: (name) => `${name}: 더 이상 준비 상태가 아님.`,
  stopping: (name) => `${name}: 중지하는 중.`,
  hook: (name) => `${name}: preStop 훅 실행.`,
  term: (name) => `${name}: SIGTERM 전달됨.`,
};

const TRIALS: Readonly<Record<Parameters<InsideMessages['panel']['why']>[0], readonly [string, string]>> = {
  crash: ['… 비정상 종료', '같은 파드 안에서 컨테이너가 다시 시작됩니다. 이름, IP, 볼륨은 그대로이고 이웃 컨테이너는 계속 실행됩니다.'],
  kill: ['… 프로세스 1 종료', 'SIGTERM을 처리하는 서버는 종료되고 컨테이너가 제자리에서 다시 시작됩니다. 처리하지 않으면 계속 실행됩니다.'],
  bind: ['… 두 번 바인딩', '같은 포트에 두 번째 서버를 띄웁니다. 파드의 포트 공간은 하나뿐이라 실패합니다.'],
  fill: [
    '… 메모리 채우기',
    '제한에 도달하면 컨테이너가 강제 종료되고(OOMKilled) 다시 시작됩니다. 노드와 이웃 컨테이너는 영향을 받지 않습니다.',
  ],
  press: [
    '… 메모리 1GiB 사용',
    '제한이 없으면 노드의 메모리를 그대로 씁니다. 메모리가 부족해지면 kubelet이 요청량을 가장 많이 초과한 파드를 축출합니다.',
  ],
  send: ['… 외부 요청', '요청은 파드의 하나뿐인 IP로 들어오고, 그 포트에서 수신하는 컨테이너가 응답합니다.'],
  remove: ['… 삭제', '그 볼륨을 마운트한 모든 컨테이너에서 파일이 곧바로 사라집니다.'],
  ask: ['… 요청 보내기', '이웃 컨테이너가 localhost로 요청합니다. 모든 컨테이너가 네트워크 하나를 공유합니다.'],
  delete: ['파드 삭제', '모든 컨테이너가 하나의 유예 기간 안에 종료됩니다. emptyDir은 파드와 함께 사라지고 클레임은 남습니다.'],
};

export const insideKo: InsideMessages = {
  stage: '파드 내부',
  back: '클러스터로 돌아가기',
  enter: '내부 보기',
  regions: { network: '네트워크', containers: '컨테이너', storage: '볼륨' },
  oneIp: '파드마다 IP 하나',
  noIpYet: '아직 IP 없음',
  nodeNetwork: '노드의 네트워크',
  localhost: 'localhost: 모두의 네트워크 하나',
  localhostShort: 'localhost',
  noDoor: '연결된 서비스 없음',
  cpu: 'cpu',
  memory: 'mem',
  reads: '읽기',
  writes: '쓰기',
  readOnly: '읽기',
  readWrite: '읽기, 쓰기',
  readWriteShort: '읽기, 쓰기',
  alsoVolumes: ['볼륨은 파드와', '수명이 같고 재시작', '뒤에도 남습니다.'],
  role: (role) =>
    ({ init: '초기화, 먼저 실행', main: '메인 컨테이너', sidecar: '사이드카, 먼저 시작해 마지막에 종료', ephemeral: '임시, 디버깅용' })[
      role
    ],
  state,
  exit,
  lastRun: (exitCode, reason) => `지난 실행: ${exit(exitCode, reason)}`,
  probe: ({ name, what }) => `${PROBES[name]} ${what}`,
  probeResult: ({ result, periodSeconds }, isLong) => (isLong ? `${RESULTS[result]}, ${periodSeconds}초마다` : RESULTS[result]),
  probesShort: (probes) => probes.map(({ name, result }) => `${PROBES[name]} ${RESULTS[result]}`).join(', '),
  status: (ready, of, age) => `준비 ${ready}/${of}, 경과 ${age}`,
  statusOf: (word, ready, of) => `${word}, 준비 ${ready}/${of}`,
  resize: ({ reason }) => (reason ? `리소스 크기 조정 ${reason}` : '리소스 크기 조정 중'),
  requestsFrom: (service, port, more) => `요청: 서비스 ${service}, 포트 ${port}${more > 0 ? `, 그 외 ${more}개` : ''}`,
  requestsShort: (service, port) => `서비스 ${service} :${port}`,
  doorClosed: (service) => `준비 안 됨: 요청 없음, 서비스 ${service}`,
  volumeType,
  portTaken: (port) => `포트 ${port} 사용 중`,
  readsFile: (path) => `읽기 ${path}`,
  writesFile: (path) => `쓰기 ${path}`,
  size: sizeText,
  written: (agoMs) => `${Math.max(0, Math.floor(agoMs / 1000))}초 전 기록`,
  moreInits: (count) => `초기화 ${count}개 더`,
  moreMounts: (count) => `마운트 ${count}개 더`,
  moreFiles: (count) => `파일 ${count}개 더`,
  doorName: ({ ip, doors }) =>
    `출입문, ${ip ? `IP ${ip}` : '아직 IP 없음'}, ${doors.length === 0 ? '연결된 서비스 없음' : doors.map(({ service, port }) => `서비스 ${service} 포트 ${port}`).join(', ')}`,
  containerName: ({ name, role, image, plugs, probes }, said) =>
    [
      name,
      ROLES[role],
      image,
      said,
      ...plugs.map(({ port, isClashing }) => (isClashing ? `포트 ${port} 사용 중` : `포트 ${port}`)),
      ...probes.map(({ name: probe, result }) => `${PROBES[probe]} 프로브 ${RESULTS[result]}`),
    ].join(', '),
  plugName: ({ port, isIdle, isClashing }, container) =>
    `${container} 포트 ${port}${isClashing ? ', 다른 컨테이너가 사용 중' : isIdle ? ', 수신하는 프로세스 없음' : ''}`,
  mountName: (path, volume, container, isReadOnly) =>
    `${container}: 볼륨 ${volume}, 경로 ${path}, ${isReadOnly ? '읽기 전용' : '읽기와 쓰기'}`,
  volumeName: ({ name, files, complaint }, type) =>
    `볼륨 ${name}, ${type}, ${complaint ? `${complaint}, ` : ''}${files.length === 0 ? '파일 없음' : `파일 ${files.length}개`}`,
  fileName: ({ path, bytes }, volume, agoMs) =>
    `${path}, 볼륨 ${volume}, ${sizeText(bytes)}${agoMs === undefined || agoMs > 60_000 ? '' : `, ${Math.floor(Math.max(0, agoMs) / 1000)}초 전 기록`}`,
  event: (kind, name, detail) => EVENTS[kind](name, detail),
  panel: {
    shared: '컨테이너가 공유하는 것',
    notShared: '공유하지 않는 것',
    network: ['네트워크', 'IP 하나, 포트 공간 하나, localhost'],
    volume: (name) => `볼륨 ${name}`,
    paths: (count) => `경로 ${count}개, 같은 파일`,
    node: ['노드', '항상 한 단위로 스케줄링'],
    ending: '종료',
    grace: (left) => `모두가 공유하는 유예 기간 ${left}초`,
    sharedProcesses: ['프로세스', '서로의 프로세스가 보임'],
    root: ['루트 파일시스템', '컨테이너마다 자기 이미지'],
    processes: ['프로세스', '공유를 켜지 않는 한'],
    limits: ['제한', '컨테이너마다 CPU와 메모리'],
    restarts: ['재시작', '하나가 종료되어도 나머지는 계속 실행'],
    breakIt: '고장 내 보기',
    trial: (trial, what) => TRIALS[trial][0].replace('…', what),
    why: (trial, isStartedAgain) =>
      isStartedAgain === false ? '컨테이너가 종료됩니다. 파드의 재시작 정책에 따라 다시 시작되지 않습니다.' : TRIALS[trial][1],
    openShell: '셸 열기',
    letGo: '세부 정보 닫기',
    image: '이미지',
    state: '상태',
    lastRun: '지난 실행',
    uses: '사용량',
    resize: '리소스 크기 조정',
    asks: (request, limit) =>
      [request === undefined ? '' : `요청 ${request}`, limit === undefined ? '' : `제한 ${limit}`].filter(Boolean).join(', '),
    notKnown: '이 순간의 내부는 알 수 없습니다.',
    noEnvironment: '매니페스트에 환경 변수가 없습니다.',
    from: (source) => `출처: ${source}`,
    noProcesses: '실행 중인 프로세스가 없습니다.',
    command: '명령',
    noVolumes: '이 파드에는 볼륨이 없고, 컨테이너가 기록한 것도 없습니다.',
    noFiles: '파일이 없습니다.',
    layer: (container) => `볼륨 밖에 기록: ${container}, 컨테이너와 함께 사라집니다`,
    container: '컨테이너',
    previous: '이전 실행',
    follow: '따라가기',
    printInTerminal: '터미널에 출력',
    printedNothing: '이번 실행에서는 아무것도 출력하지 않았습니다.',
    logOf: (container) => `${container} 로그`,
    dropped: (count) => `더 오래된 ${count}줄은 보관되지 않습니다.`,
  },
  eventCount: (count) => `${count}건이 일어났습니다.`,
};
