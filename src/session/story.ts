// What is told from a session's log, read on as the log grows and told anew when a piece of it was dropped.
import { Markers } from './markers.ts';
import { PodSeries } from './series.ts';
import type { Session } from './session.ts';

export class Story {
  series = new PodSeries();
  markers = new Markers();
  private epoch = -1;
  private readonly session: Session;

  constructor(session: Session) {
    this.session = session;
  }

  /** Catches up with the log. Returns a number that differs whenever what is told has changed. */
  read(): number {
    const { cluster, looks, store } = this.session;
    const { epoch } = store.getState();
    if (epoch !== this.epoch) {
      this.epoch = epoch;
      this.series = new PodSeries();
      this.markers = new Markers();
    }
    looks.read(cluster.changes);
    this.series.read(cluster.changes, looks);
    this.markers.read(cluster.changes, cluster.intents, looks);
    const cuts = this.markers.list.reduce((sum, { count }) => sum + count, 0);
    return epoch * 1e9 + this.series.points.length * 1e3 + this.series.bands.length + this.markers.list.length * 7 + cuts * 13;
  }
}
