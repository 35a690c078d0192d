// The words on the stage, in Korean, with the terms of the Kubernetes Korean glossary.
import { grouped, type sceneEn } from '../en/scene.ts';

type Shown = Parameters<(typeof sceneEn)['state']>[0];

const seconds = (ms: number | undefined) => Math.ceil((ms ?? 0) / 1000);
const until = (ms: number | undefined) =>
  seconds(ms) < 60 ? `${seconds(ms)}초` : `${Math.floor(seconds(ms) / 60)}:${String(seconds(ms) % 60).padStart(2, '0')}`;

/** 로 follows a vowel or ㄹ. */
const to = (letter: string) => (/[MN]$/.test(letter) ? `${letter}으로` : `${letter}로`);

const WHY = { evicted: '축출 중', preempted: '선점됨' } as const;

function state({ name, level = 0, count = 0, total = 0, leftMs, why, reason }: Shown): string {
  switch (name) {
    case 'pending':
      return '노드 대기 중';
    case 'scheduled':
      return '스케줄됨';
    case 'pulling':
      return reason ?? `이미지 ${Math.round(level * 100)}%`;
    case 'refused':
      return reason ?? '';
    case 'init':
      return `초기화 ${count}/${total}`;
    case 'notReady':
      return '준비 안 됨';
    case 'ready':
      return '준비됨';
    case 'crashed':
      return leftMs ? `${until(leftMs)} 후 재시도` : (reason ?? '중단됨');
    case 'terminating':
      return why ? `${WHY[why]}${leftMs ? `, ${until(leftMs)}` : ''}` : leftMs ? `${until(leftMs)} 남음` : '종료 중';
    case 'evicted':
      return '축출됨';
    case 'succeeded':
      return '완료됨';
    case 'failed':
      return reason ?? '실패';
    case 'lost':
      return '알 수 없음';
    default:
      return name;
  }
}

function lacks(count: number, cause: string): string {
  const resource = /^Insufficient (.+)$/.exec(cause)?.[1];
  if (resource) return `${count}개는 ${resource === 'cpu' ? 'CPU' : resource === 'memory' ? '메모리' : resource} 부족`;
  if (/unreachable/.test(cause)) return `${count}개는 연결 끊김`;
  if (/not-ready/.test(cause)) return `${count}개는 준비 안 됨`;
  if (/unschedulable/.test(cause)) return `${count}개는 차단됨`;
  if (/untolerated taint/.test(cause)) return `${count}개는 테인트`;
  if (/affinity\/selector/.test(cause)) return `${count}개는 조건 불일치`;
  if (/Too many pods/.test(cause)) return `${count}개는 파드 수 초과`;
  if (/topology spread/.test(cause)) return `${count}개는 고르지 않음`;
  if (/anti-affinity/.test(cause)) return `${count}개는 함께 둘 수 없음`;
  if (/pod affinity/.test(cause)) return `${count}개는 짝이 없음`;
  if (/free ports/.test(cause)) return `${count}개는 포트 사용 중`;
  if (/volume node affinity|volume.*conflict/.test(cause)) return `${count}개는 디스크와 떨어짐`;
  return `${count}개: ${cause}`;
}

const EVENTS: Record<Parameters<(typeof sceneEn)['event']>[0], (name: string, where: string) => string> = {
  cut: (name) => `${name} 파드를 찍어냈습니다.`,
  bound: (name, where) => `${name} 파드는 ${where} 노드로 갑니다.`,
  ready: (name) => `${name} 파드가 준비되었습니다.`,
  terminating: (name) => `${name} 파드를 삭제하고 있습니다.`,
  gone: (name) => `${name} 파드가 사라졌습니다.`,
  crashed: (name) => `${name} 파드의 컨테이너가 비정상 종료되었습니다.`,
  evicted: (name, where) => `${name} 파드가 ${where} 노드에서 축출되었습니다.`,
  preempted: (name, where) => `${name} 파드가 우선순위가 더 높은 파드에게 ${where} 노드의 자리를 내줍니다.`,
  lost: (name) => `${name} 노드가 응답하지 않습니다.`,
  found: (name) => `${name} 노드가 다시 응답합니다.`,
  cordoned: (name) => `${name} 노드를 차단했습니다. 새 파드가 오지 않습니다.`,
  uncordoned: (name) => `${name} 노드에 새 파드가 다시 올 수 있습니다.`,
  edited: (name, where) => `${name}의 템플릿이 ${to(where)} 바뀌었습니다.`,
  podEdited: (name) => `${name} 파드의 이미지가 바뀌었습니다.`,
  restarted: (name) => `${name} 파드의 컨테이너가 다시 시작합니다.`,
  succeeded: (name) => `${name} 파드가 완료되었습니다.`,
  failed: (name) => `${name} 파드가 실패했습니다.`,
};

export const sceneKo: typeof sceneEn = {
  cutter: '커터',
  inTheHand: '손에 든 커터',
  noOwner: '소유자 없음',
  noCutter: '커터 없음',
  nobodyReplaces: () => '다시 생기지 않음',
  onePerThread: '파드마다 실 하나',
  noThreadLeaves: ['커터에서 나가는 실은 없습니다.', '고쳐도 파드에 닿지 않습니다.'] as readonly [string, string],
  queue: '스케줄러 대기열',
  queueShort: '대기열',
  nothingWaiting: '대기 중인 파드 없음',
  noNodeFits: '맞는 노드가 없습니다',
  cpu: 'cpu',
  memory: 'mem',
  unknown: '알 수 없음',
  ready: 'Ready',
  notReady: 'NotReady',
  cordoned: '차단됨',
  wants: '목표',
  noNodes: '아직 노드가 없습니다',
  stage: '무대: 소유자, 스케줄러 대기열, 노드',
  fewer: '파드 하나 줄이기',
  more: '파드 하나 늘리기',
  regions: { owners: '소유자', queue: '스케줄러 대기열', trays: '노드' },
  has: (_wants, has, ready) => (has === ready ? (has === 0 ? '파드 없음' : `${has}개 모두 준비됨`) : `${has}개 중 ${ready}개 준비됨`),
  wantsReady: (wants, ready) => `목표 ${wants}개, 준비 ${ready}개`,
  wantsPart: (wants) => `목표 ${wants}개,`,
  readyPart: (ready) => `준비 ${ready}개`,
  perNode: '노드마다 1개,',
  staysWithItsNode: '노드와 함께 남음',
  jobComplete: '완료',
  suspended: '일시 중단',
  jobDone: (done, of) => (of === undefined ? `${done}개 완료` : `${of}개 중 ${done}개 완료`),
  jobRunning: (count) => `${count}개 실행 중`,
  jobFailed: (reason) => (reason ? `실패: ${reason}` : '실패'),
  triesFailed: (count, limit, isPerIndex) => `${count}번 실패, ${isPerIndex ? '인덱스마다 ' : ''}${limit}번까지 허용`,
  lastRun: (job, how) => `${job} ${how}`,
  nextRun: (time) => `다음 ${time}`,
  waitsFor: (pod) => `기다리는 파드: ${pod}`,
  mayLose: (count) => (count === 0 ? '축출 불가' : `${count}개까지 축출 가능`),
  behindDoor: (ready) => `준비 ${ready}개`,
  scaler: {
    load: '부하',
    noLoad: '없음',
    notMeasured: '아직 측정되지 않음',
    range: (min, max) => `${min}~${max}개`,
    now: (count) => `현재 ${count}개`,
    measured: (name, now, target) => `${name} ${now}, 목표 ${target}`,
  },
  number: grouped,
  heat: {
    oneMark: '표시 하나가 노드 하나',
    noZone: '존 없음',
    colourBy: '색 기준',
    colourings: { template: '템플릿', cpu: 'cpu', memory: '메모리', state: '상태' },
    lens: 'Z를 누른 채 움직이면 렌즈',
    pressure: '압박 상태',
    title: (nodes, pods) => `노드 ${grouped(nodes)}개, 파드 ${grouped(pods)}개`,
    allFrom: (letter) => `모두 ${letter}`,
    lensGo: '그곳으로 이동',
    lensTitle: (nodes, pods) => `노드 ${grouped(nodes)}개, 파드 ${grouped(pods)}개`,
  },
  keptFor: (pod) => `예약: ${pod}`,
  withDisk: (claim) => `디스크 ${claim}`,
  ownsMatching: () => '셀렉터와 일치하는 파드를 소유',
  was: (letter) => `이전 ${letter}`,
  becameFrom: (from, letter) => `템플릿 ${from}에서 ${to(letter)} 바뀜`,
  editedAt: (time) => `${time}에 수정`,
  cutAt: (time, letter) => `${time}, ${letter} 템플릿`,
  cutFrom: (letter) => `${letter} 템플릿`,
  byHand: '직접 생성',
  restarts: (count) => `재시작 ${count}회`,
  atMost: (count) => `최대 ${count}개`,
  atLeast: (count) => `최소 ${count}개 가용`,
  revision: (number) => `리비전 ${number}`,
  wasRevision: (letter, number) => `이전 ${letter}, 리비전 ${number}`,
  growing: (from, count) => `레플리카셋, ${from}→${count}개`,
  shrinking: (from, count) => `레플리카셋, ${from}→${count}개`,
  pods: (count) => `파드 ${count}개`,
  waiting: (count) => `${count}개 대기 중`,
  nextNode: (node, score) => (score === undefined ? `다음: ${node}` : `다음: ${node}, ${score}점`),
  lacks,
  refused: (message) => {
    if (/scheduling gates/.test(message)) return '게이트 대기';
    if (/unbound immediate/.test(message)) return '클레임에 볼륨이 없습니다.';
    const claim = /persistentvolumeclaim "([^"]+)" (not found|is being deleted)/.exec(message);
    if (claim) return claim[2] === 'not found' ? `클레임 ${claim[1]}: 없음` : `클레임 ${claim[1]}: 삭제 중`;
    return message;
  },
  nodesFit: (fit, all) => `노드 ${all}개 중 ${fit}개 가능`,
  notReadyFor: (time) => `NotReady, ${time}`,
  draining: (left, of) => `드레인 중, ${of}개 중 ${left}개 남음`,
  replacementsCut: (count) => `대체 파드 ${count}개 생성`,
  state,
  podName: (pod, letter, shown, node, index, of) =>
    [pod, letter ? `${letter} 템플릿` : '직접 생성', shown, node ?? '대기열', `${of}개 중 ${index}번째`].join(', '),
  ownerName: (name, kind, letter, count) => [name, kind, ...(letter ? [`커터 ${letter}`] : []), count].join(', '),
  doorName: (service, ready, owner) => `${service}, 서비스, ${owner}의 준비된 파드 ${ready}개로 연결`,
  nodeName: (name, shown, pods) => `${name}, 노드, ${shown}, 파드 ${pods}개`,
  event: (kind, name, where) => EVENTS[kind](name, where),
  eventCount: (count) => `변경 ${count}건.`,
  podNeverMoves: '파드는 옮겨지지 않습니다. 삭제하면 새 파드가 스케줄됩니다.',
  myGuess: '내 예측',
  comesNext: (letter) => `다음 템플릿 ${letter}`,
};
