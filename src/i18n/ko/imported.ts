// 다른 곳에서 실행되던 클러스터를 여는 화면의 한국어 문구.
import type { ImportedMessages } from '../language.ts';

export const importedKo: ImportedMessages = {
  title: '클러스터',
  reading: '클러스터를 읽는 중',
  about: 'kubectl이 출력한 클러스터를 시험해 볼 수 있는 세계로 엽니다. 이 페이지 안에서만 읽으며 어디로도 보내지 않습니다.',
  cancel: '취소',
  open: '세계로 열기',
  nothing: '읽을 수 있는 쿠버네티스 오브젝트가 없습니다.',
  found: (nodes, pods, all) => `노드 ${nodes}개, 파드 ${pods}개, 오브젝트 모두 ${all}개`,
  kept: '이름, UID, 소유자, 상태는 그대로입니다. 시계는 텍스트가 말하는 마지막 순간부터 시작하며, 나이는 그대로이고 날짜만 옮깁니다.',
  containers: '컨테이너는 명령을 실행하지 않습니다. 시작해서 준비되고, 멈출 때까지 실행됩니다.',
  added: '다른 오브젝트가 가리키는데 없어서 더한 것',
  left: '제외한 것',
  notSimulated: '보관하지만 여기서는 동작하지 않는 것',
  differs: '실제 클러스터와 다른 점',
  remark: (remark) => {
    switch (remark.type) {
      case 'cutOff':
        return '텍스트가 중간에 잘렸습니다. 마지막 오브젝트는 제외했습니다.';
      case 'tooMuch':
        return '오브젝트가 200,000개를 넘습니다. 나머지는 제외했습니다.';
      case 'largeObject':
        return '2MB보다 큰 오브젝트';
      case 'noObject':
        return '쿠버네티스 오브젝트가 아닌 것';
      case 'misshapen':
        return `${remark.what}: 필드가 종류와 맞지 않음`;
      case 'unreadable':
        return remark.words;
      case 'unknownKind':
      case 'notSimulated':
      case 'standIn':
        return `${remark.what}: ${remark.count}개`;
      case 'refused':
        return `${remark.what}: ${remark.words}`;
      case 'moreRefused':
      case 'moreUnreadable':
        return `그 밖의 오브젝트 ${remark.count}개`;
      case 'duplicates':
        return `텍스트에 두 번 나온 것: ${remark.count}개`;
      case 'ownerMissing':
        return `소유자가 없어 이제 주인이 없는 것: ${remark.count}개`;
      case 'waiting':
        return `실패해서 계속 기다리는 컨테이너: ${remark.count}개`;
      case 'staticPods':
        return `삭제하면 다시 생기지 않는 스태틱 파드: ${remark.count}개`;
      case 'otherScheduler':
        return `다른 스케줄러를 기다리는 파드: ${remark.count}개`;
      case 'otherMetrics':
        return `CPU가 아닌 메트릭을 따르는 오토스케일러: ${remark.count}개`;
    }
  },
  failed: '클러스터를 열 수 없습니다. 오브젝트들이 서로 맞지 않습니다.',
  tooLarge: (megabytes) => `텍스트 크기: ${megabytes}MB. 200MB를 넘으면 읽지 않습니다.`,
};
