// 문서 안의 세계에 쓰는 한국어 문구.
import type { EmbedMessages } from '../language.ts';

export const embedKo: EmbedMessages = {
  openFull: '크게 보기',
  play: '재생',
  pause: '일시 정지',
  replay: '처음부터',
  time: '시간',
  speed: '속도',
  deletePod: '파드 삭제',
  tooMany: (pods) => `문서 안의 세계에 파드 ${pods}개는 너무 많습니다.`,
  putBack: (letter) => `커터 되돌리기: ${letter}`,
  onlyCutter: ['커터만 바뀌었습니다.', '이미 찍어낸 쿠키는 그대로입니다.'],
  poster: {
    run: (seconds) => `실행하기, ${seconds}초`,
    start: '실행하기',
    about: '이 페이지 안에서 실행되는 쿠버네티스 클러스터',
    loads: (kilobytes) => `실행하면 ${kilobytes} kB를 불러옵니다`,
    failed: '세계를 불러오지 못했습니다.',
  },
  question: '다음에는 어떻게 될까요?',
  questions: {
    'cookie-cutter': '템플릿이 바뀝니다. 이 파드 세 개는 어떻게 될까요?',
    'self-healing': '파드 하나를 삭제합니다. 다시 생길까요?',
    'naked-pod': '소유자가 없는 파드를 삭제합니다. 누가 대신할까요?',
    'crash-loop': '컨테이너가 계속 크래시합니다. 기다리는 시간은 얼마일까요?',
    'rolling-update': '이미지가 바뀝니다. 파드 여섯 개는 어떤 순서로 교체될까요?',
    'node-goes-dark': '노드의 응답이 끊깁니다. 그 파드는 어떻게 될까요?',
    drain: '노드를 드레인합니다. 파드는 어디로 갈까요?',
    'memory-pressure': '파드가 다섯 개인데 노드의 메모리가 모자랍니다. 누가 먼저 축출될까요?',
    budget: '네 개 중 세 개는 서비스해야 합니다. 노드를 드레인할 수 있을까요?',
    'stateful-order': '번호가 붙은 파드 세 개가 시작합니다. 순서는 어떻게 될까요?',
    daemon: '노드가 새로 들어옵니다. 그 위에서 무엇이 실행될까요?',
    'job-tries': '시도가 실패합니다. 잡은 몇 번 더 시도할까요?',
    cron: '1분이 지납니다. 크론잡은 무엇을 찍어낼까요?',
    priority: '노드가 가득 찼는데 더 중요한 파드가 옵니다. 누가 자리를 비울까요?',
  },
};
