// What is said of a cluster that was taken over (scenario/imported), as data: what is not simulated, what was left out, what had to be added.

export type Remark =
  /** The text ends in the middle of an object, or has more of them than are read. */
  | { readonly type: 'cutOff' | 'tooMuch' }
  | Unreadable
  /** Left out: kinds that are not known here. */
  | { readonly type: 'unknownKind'; readonly what: string; readonly count: number }
  /** Kept, and nothing acts on it. */
  | { readonly type: 'notSimulated'; readonly what: string; readonly count: number }
  /** Left out, in the API server's words. */
  | { readonly type: 'refused'; readonly what: string; readonly words: string }
  /** Left out: its fields are not those of its kind. */
  | { readonly type: 'misshapen'; readonly what: string }
  /** Missing from the text, and added so that what names it can go on. */
  | { readonly type: 'standIn'; readonly what: string; readonly count: number }
  | { readonly type: CountedRemark; readonly count: number };

/** Left out: no object, in the parser's words where it says why. */
export type Unreadable = { readonly type: 'unreadable'; readonly words: string } | { readonly type: 'largeObject' | 'noObject' };

export type CountedRemark =
  /** Left out, as far as there are more than are told one by one. */
  | 'moreRefused'
  | 'moreUnreadable'
  | 'duplicates'
  /** Objects whose owner is missing: they are nobody's now. */
  | 'ownerMissing'
  /** Containers that failed and go on waiting. */
  | 'waiting'
  /** Static pods: once deleted, no kubelet makes them again. */
  | 'staticPods'
  /** Pods that wait for a scheduler of their own. */
  | 'otherScheduler'
  /** Autoscalers that follow other metrics than the CPU. */
  | 'otherMetrics';
