/** A plan of Terraform or OpenTofu (`terraform show -json`), by what it will change. */
import { digestOf } from '../../canonical-json.ts';
import type { Finding } from '../../../documents/plan.ts';
import { destroys, digestsOf, normalisePlan, type NormalisedPlan } from '../../terraform/normalise-plan.ts';
import { parsePlanJson } from '../../terraform/plan-json.ts';
import type { Content, ReadOptions } from './read-document.ts';

export function readTerraformPlan(bytes: Uint8Array, { label, key }: ReadOptions): Content {
  const plan = normalisePlan(parsePlanJson(new TextDecoder().decode(bytes), label), key);
  const resources = plan.changes.map((change) => ({
    name: change.deposed === undefined ? change.address : `${change.address} (${change.deposed})`,
    what: change.actions.join(' and '),
    digest: digestOf(digestsOf(change)),
  }));
  const outputs = Object.entries(plan.outputs).map(([name, output]) => ({
    name: `output.${name}`,
    what: output.actions.join(' and '),
    digest: digestOf(output),
  }));
  return { parts: [...resources, ...outputs], findings: findingsOf(plan), secrets: plan.secrets };
}

function findingsOf(plan: NormalisedPlan): Finding[] {
  const warnings = [
    ...plan.changes.filter(destroys).map(({ address }) => `${address} is destroyed.`),
    ...plan.drift.map((drift) => `Not as in the state: ${drift}.`),
    ...plan.timeOfPlan.map(
      (path) => `${path} contains the time of the plan (plantimestamp()): every later plan differs.`,
    ),
  ];
  const notChecked =
    plan.withheld === 0
      ? []
      : [
          `${plan.withheld} sensitive values are not covered by the digest: a changed secret would pass. Set document-key to cover them.`,
        ];
  return [
    ...warnings.map((message) => ({ level: 'warning' as const, message })),
    ...notChecked.map((message) => ({ level: 'not-checked' as const, message })),
  ];
}
