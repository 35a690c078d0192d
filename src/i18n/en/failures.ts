// What a reader is told of a world in a document that could not be loaded, in English. Comes only when that happens.

export const failuresEn = {
  noScenario: (name: string) => `No scenario is called “${name}”.`,
  noLesson: (name: string) => `No lesson is called “${name}”.`,
  notReached: (address: string) => `${address} does not answer, or may not be read from this page (CORS, Content-Security-Policy).`,
  status: (address: string, status: number) => `${address} answered with status ${status}.`,
  page: (address: string) => `${address} is a web page, not a manifest.`,
  notText: (address: string) => `${address} is not text in UTF-8.`,
  tooLarge: (address: string, megabytes: number) => `${address} is larger than ${megabytes} MB.`,
  tooSlow: (address: string, seconds: number) => `${address} did not answer within ${seconds} seconds.`,
};
