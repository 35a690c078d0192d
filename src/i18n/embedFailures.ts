// What a reader is told of a world in a document that could not be loaded. Comes only when that happens.

export interface FailureWords {
  readonly noScenario: (name: string) => string;
  readonly noLesson: (name: string) => string;
  readonly notReached: (address: string) => string;
  readonly status: (address: string, status: number) => string;
  readonly page: (address: string) => string;
  readonly tooLarge: (address: string, megabytes: number) => string;
  readonly tooSlow: (address: string, seconds: number) => string;
}

const en: FailureWords = {
  noScenario: (name) => `No scenario is called “${name}”.`,
  noLesson: (name) => `No lesson is called “${name}”.`,
  notReached: (address) => `${address} does not answer, or may not be read from this page (CORS, Content-Security-Policy).`,
  status: (address, status) => `${address} answered with status ${status}.`,
  page: (address) => `${address} is a web page, not a manifest.`,
  tooLarge: (address, megabytes) => `${address} is larger than ${megabytes} MB.`,
  tooSlow: (address, seconds) => `${address} did not answer within ${seconds} seconds.`,
};

const ko: FailureWords = {
  noScenario: (name) => `이런 이름의 시나리오가 없습니다: ${name}`,
  noLesson: (name) => `이런 이름의 수업이 없습니다: ${name}`,
  notReached: (address) =>
    `읽을 수 없는 주소: ${address}. 응답이 없거나, 이 페이지에서 읽도록 허용되지 않았습니다(CORS, Content-Security-Policy).`,
  status: (address, status) => `응답 상태 ${status}: ${address}`,
  page: (address) => `매니페스트가 아니라 웹 페이지입니다: ${address}`,
  tooLarge: (address, megabytes) => `크기가 ${megabytes} MB를 넘습니다: ${address}`,
  tooSlow: (address, seconds) => `${seconds}초 안에 응답하지 않았습니다: ${address}`,
};

/** In the reader's language. */
export const failureWords = (language: string): FailureWords => (language === 'ko' ? ko : en);
