// Jobs and CronJobs, with the language of their schedules.
import { cronJob } from '../../cluster/controllers/cronJob.ts';
import { jobControllers } from '../../cluster/controllers/index.ts';
import { job } from '../../cluster/controllers/job.ts';
import { ttlAfterFinished } from '../../cluster/controllers/ttlAfterFinished.ts';
import { jobRules, schedules } from '../../kube/late.ts';
import * as schedule from '../../kube/schedule.ts';
import * as cronJobRules from '../../kube/validation/cronJob.ts';
import * as rules from '../../kube/validation/job.ts';
import { fill, type Part } from './part.ts';

export const jobs: Part = [
  fill(jobControllers, [job, cronJob, ttlAfterFinished]),
  fill(jobRules, { ...rules, ...cronJobRules }),
  fill(schedules, schedule),
];
