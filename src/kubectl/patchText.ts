// The text of a patch or an override, JSON or YAML, as a value.
// Models the use of apimachinery/pkg/util/yaml ToJSON in kubectl/pkg/cmd/patch/patch.go.
import { ManifestError, readYaml } from '../kube/manifest.ts';
import { CommandError } from './errors.ts';

/** Throws kubectl's refusal of a text that is neither JSON nor YAML. */
export function parsePatchText(text: string): unknown {
  try {
    return readYaml(text).value;
  } catch (error) {
    if (!(error instanceof ManifestError)) throw error;
    throw new CommandError(`unable to parse ${JSON.stringify(text)}: ${error.message.replace(/^.*converting YAML to JSON: /, '')}`);
  }
}
