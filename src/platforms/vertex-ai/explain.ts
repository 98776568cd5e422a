/** Why something failed on Vertex AI, and what to do. */
import { adviceOn, advised, type Causes } from '../../deployment/advice.ts';
import type { Explained } from '../../deployment/port.ts';

/**
 * As operations write them: https://github.com/googleapis/python-aiplatform/issues/4559,
 * GoogleCloudPlatform/vertex-ai-samples#3443, #2103
 */
const CAUSES: Causes = [
  [
    /Model server (exited|never became ready|container out of memory)|health check/i,
    {
      page: 'ping-health-check',
      advice: 'Its container does not start, or does not answer health-route. See the last lines of its log.',
    },
  ],
  [
    /quota/i,
    {
      page: 'quota',
      advice: 'Each version counts with max-capacity replicas: ask for more, or for fewer of them.',
    },
  ],
  [
    /(stockout|not enough resources|resources? (is|are) (currently )?(not available|unavailable|exhausted))/i,
    { page: 'no-capacity', advice: 'Run it again later, or use another instance-type or location.' },
  ],
  [
    /(image|Artifact Registry|gcr\.io|pkg\.dev).*(not found|permission|denied|access)/i,
    {
      page: 'image-pull',
      advice:
        'Let the Vertex AI service agent of the project read the repository (roles/artifactregistry.reader).',
    },
  ],
  [
    /(service account|actAs)/i,
    {
      page: 'execution-role',
      advice: 'Who deploys needs iam.serviceAccounts.actAs on vertex-ai: service-account.',
    },
  ],
];

/** @param why as Google says; '' if it says nothing */
export function explained(why: string, tail: string): Explained {
  return advised(why, adviceOn(why, CAUSES), tail);
}
