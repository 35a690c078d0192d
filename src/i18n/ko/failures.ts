// 문서 안의 세계를 불러오지 못했을 때의 한국어 문구.
import type { FailureMessages } from '../language.ts';

export const failuresKo: FailureMessages = {
  noScenario: (name) => `이런 이름의 시나리오가 없습니다: ${name}`,
  noLesson: (name) => `이런 이름의 강의가 없습니다: ${name}`,
  notReached: (address) =>
    `읽을 수 없는 주소: ${address}. 응답이 없거나, 이 페이지에서 읽도록 허용되지 않았습니다(CORS, Content-Security-Policy).`,
  status: (address, status) => `응답 상태 ${status}: ${address}`,
  page: (address) => `매니페스트가 아니라 웹 페이지입니다: ${address}`,
  notText: (address) => `UTF-8 텍스트가 아닙니다: ${address}`,
  tooLarge: (address, megabytes) => `크기가 ${megabytes} MB를 넘습니다: ${address}`,
  tooSlow: (address, seconds) => `${seconds}초 안에 응답하지 않았습니다: ${address}`,
};
