// The text of a patch or an override, JSON or YAML, as a value.
// Models the use of apimachinery/pkg/util/yaml ToJSON in kubectl/pkg/cmd/patch/patch.go.
import { wholeYaml } from '../kube/late.ts';
import { readManifests } from '../kube/manifest.ts';
import { ManifestError } from '../kube/manifestError.ts';
import { readPlainYaml } from '../kube/plainYaml.ts';
import { CommandError } from './errors.ts';

/** Throws kubectl's refusal of a text that is neither JSON nor YAML. */
export function parsePatchText(text: string): unknown {
  try {
    return readPlainYaml(text) ?? wholeYaml.get().readYaml(text).value;
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    // The reader of manifests has the words of Kubernetes' own parser for the same mistake.
    const mistake = readManifests(text).find((each) => each instanceof ManifestError) ?? error;
    throw new CommandError(`unable to parse ${JSON.stringify(text)}: ${mistake.message.replace(/^.*converting YAML to JSON: /, '')}`);
  }
}
