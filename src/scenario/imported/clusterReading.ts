// Reads the text of a cluster a little at a time: object by object out of the text, into the intake, and in the end the world's beginning.
import { goOn } from '../../base/steps.ts';
import { DumpReader } from '../../kube/dumpText.ts';
import { type ImportedCluster, Intake } from './intake.ts';

export class ClusterReading {
  private readonly reader: DumpReader;
  private readonly intake = new Intake();
  private taken = 0;
  private finishing: ReturnType<Intake['finishing']> | undefined;
  /** What came of it, once all has been read. */
  cluster: ImportedCluster | undefined;

  constructor(text: string) {
    this.reader = new DumpReader(text);
  }

  get progress(): number {
    return this.reader.progress;
  }

  /** Goes on until `isOverBudget` says stop. True when all has been read. */
  step(isOverBudget: () => boolean): boolean {
    while (this.reader.step()) {
      for (const object of this.reader.objects.slice(this.taken)) this.intake.admit(object);
      this.taken = this.reader.objects.length;
      if (isOverBudget()) return false;
    }
    const { isCutOff, isTooMuch, failures, failureCount } = this.reader;
    this.finishing ??= this.intake.finishing({ isCutOff, isTooMuch, failures, failureCount });
    this.cluster = goOn(this.finishing, isOverBudget)?.value;
    return this.cluster !== undefined;
  }
}
